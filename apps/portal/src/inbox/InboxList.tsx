'use client';
import type { InboxItem, InboxShow, listInbox } from '@parvis/contract/notify';
import type { OutputOf } from '@parvis/contract/operation';
import { Button } from '@parvis/ui/Button';
import { EmptyState } from '@parvis/ui/EmptyState';
import { SegLinks } from '@parvis/ui/Seg';
import { toast } from '@parvis/ui/Toast';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import { ThingIcon } from '../shell/ThingIcon.tsx';
import { wayTo } from '../shell/resource-way.ts';
import { type Group, groupsOf } from './groups.ts';
import { InboxRow } from './InboxRow.tsx';
import { useExcerpts } from './useExcerpts.ts';
import { useInbox } from './useInbox.ts';
import { useInboxKeys } from './useInboxKeys.ts';

const shows = ['open', 'unread', 'done'] as const;

interface Props {
  show: InboxShow;
  page: OutputOf<typeof listInbox>;
}

/** The inbox: lines by the thing that they are about, each to open, to mark and to put away. */
export function InboxList({ show, page }: Props) {
  const t = useTranslations('inbox');
  const { items, more, mark, older } = useInbox(show, page);
  const excerptOf = useExcerpts(items);
  const list = useRef<HTMLDivElement>(null);

  function putAway(ids: string[]) {
    void mark('done', ids);
    toast(t('putAway', { count: ids.length }), {
      action: { label: t('undo'), onPress: () => void mark('open', ids) },
    });
  }
  const find = (id: string) => items.find((one) => one.id === id);
  useInboxKeys(list, {
    done: (id) => (find(id)?.done ? void mark('open', [id]) : putAway([id])),
    unread: (id) => void mark(find(id)?.read ? 'unread' : 'read', [id]),
  });
  const unread = items.some(({ read }) => !read);
  return (
    <div className="inbox" ref={list}>
      <div className="inbox-tools">
        <SegLinks
          as={Link}
          label={t('filter')}
          current={show}
          options={shows.map((one) => ({
            id: one,
            label: t(`shows.${one}`),
            href: one === 'open' ? '/inbox' : `/inbox?show=${one}`,
          }))}
        />
        {unread && show !== 'done' && (
          <Button kind="quiet" onClick={() => void mark('read')}>
            {t('readAll')}
          </Button>
        )}
      </div>
      {items.length === 0 ? (
        <EmptyState title={t(`none.${show}`)}>{t(`noneHelp.${show}`)}</EmptyState>
      ) : (
        groupsOf(items).map((group) => (
          <InboxGroup
            key={group.key}
            group={group}
            excerptOf={excerptOf}
            onDone={putAway}
            onMark={(as, id) => void mark(as, [id])}
          />
        ))
      )}
      {more && (
        <Button kind="quiet" className="inbox-more" onClick={() => void older()}>
          {t('older')}
        </Button>
      )}
      {items.length > 0 && <p className="p-meta inbox-keys">{t('keys')}</p>}
    </div>
  );
}

interface GroupProps {
  group: Group;
  excerptOf: (item: InboxItem) => string | undefined;
  onDone: (ids: string[]) => void;
  onMark: (as: 'read' | 'unread' | 'open', id: string) => void;
}

function InboxGroup({ group: { key, thing, items }, excerptOf, onDone, onMark }: GroupProps) {
  const t = useTranslations('inbox');
  const open = items.filter(({ done }) => !done).map(({ id }) => id);
  return (
    <section className="inbox-group" aria-labelledby={`inbox-${key}`}>
      <header>
        <h2 id={`inbox-${key}`}>
          {thing === null ? (
            t('noThing')
          ) : (
            <Link href={wayTo(thing)} tabIndex={-1}>
              <ThingIcon kind={thing.kind} size="s" />
              <bdi>{thing.title}</bdi>
            </Link>
          )}
        </h2>
        {open.length > 1 && (
          <Button kind="quiet" onClick={() => onDone(open)}>
            {t('doneAll')}
            <span className="p-sr"> {thing?.title}</span>
          </Button>
        )}
      </header>
      <ul>
        {items.map((item) => (
          <InboxRow key={item.id} item={item} excerpt={excerptOf(item)} onDone={onDone} onMark={onMark} />
        ))}
      </ul>
    </section>
  );
}
