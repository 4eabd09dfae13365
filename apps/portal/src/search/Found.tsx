'use client';
import type { Query } from '@parvis/contract/chat-query';
import { foundSizeMax, searchPageMax } from '@parvis/contract/limits';
import type { Resource } from '@parvis/contract/shape';
import { Button } from '@parvis/ui/Button';
import { EmptyState } from '@parvis/ui/EmptyState';
import { Seg } from '@parvis/ui/Seg';
import { SkeletonLines } from '@parvis/ui/Skeleton';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Hits } from '../docs/home/Hits.tsx';
import { useProblem } from '../problems/useProblem.ts';
import { wayTo } from '../shell/resource-way.ts';
import { ThingIcon } from '../shell/ThingIcon.tsx';
import { MessageHits } from './MessageHits.tsx';
import { wordsOf } from './suggest.ts';
import type { Tab } from './tabs.ts';
import { type Messages, type Order, useDocuments, useFiles, useMessages } from './useFound.ts';

/** Rows of each kind while all kinds are shown. */
const fewMax = 5;

interface Props {
  text: string;
  channelId: string | null;
  query: Query;
  tab: Tab;
  order: Order;
  onOrder: (order: Order) => void;
  onTab: (tab: Tab) => void;
  /** A hit was opened: the question was a good one. */
  onOpen: () => void;
}

/** What was found, of one kind or a few of each. */
export function Found({ text, channelId, query, tab, order, onOrder, onTab, onOpen }: Props) {
  const t = useTranslations('search');
  const all = tab === 'all';
  const limit = all ? fewMax : searchPageMax;
  const words = wordsOf(query);
  const messages = useMessages(all || tab === 'messages' ? text : '', channelId, order, all ? fewMax : 20);
  const documents = useDocuments(all || tab === 'documents' ? words : '', limit);
  const files = useFiles(all || tab === 'files' ? words : '', limit);
  const parts = [messages, documents, files];
  const busy = parts.some((one) => one.busy);
  const found = messages.value?.hits.length || documents.value?.length || files.value?.length;
  const error = parts.find((one) => one.error !== null)?.error ?? null;
  return (
    // Opening a hit by any means counts, and its links are the only things to press in here that lead away.
    <div className="search-found" aria-busy={busy}>
      <div className="search-line">
        <p className="p-meta" role="status">
          {tab === 'messages' || all ? <Count of={messages.value} /> : null}
        </p>
        {tab === 'messages' && (
          <Seg
            label={t('order')}
            value={order}
            onChange={(id) => onOrder(id as Order)}
            options={(['newest', 'best'] as const).map((id) => ({ id, label: t(`orders.${id}`) }))}
          />
        )}
      </div>
      <Hints of={messages.value} />
      {error !== null && <Wrong error={error} />}
      <Part
        title={t('tabs.messages')}
        titled={all}
        onAll={messages.value?.next ? () => onTab('messages') : null}
      >
        {messages.value && messages.value.hits.length > 0 && (
          <MessageHits hits={messages.value.hits} onOpen={onOpen} />
        )}
      </Part>
      {!all && messages.more && (
        <Button busy={messages.loading} onClick={messages.more}>
          {t('more')}
        </Button>
      )}
      <Part
        title={t('tabs.documents')}
        titled={all}
        onAll={documents.value?.length === fewMax ? () => onTab('documents') : null}
      >
        {documents.value && documents.value.length > 0 && <Hits hits={documents.value} />}
      </Part>
      <Part
        title={t('tabs.files')}
        titled={all}
        onAll={files.value?.length === fewMax ? () => onTab('files') : null}
      >
        {files.value && files.value.length > 0 && <Files files={files.value} />}
      </Part>
      {busy && !found && error === null && <Waiting />}
      {!busy && !found && error === null && <EmptyState title={t('nothing')}>{t('nothingHelp')}</EmptyState>}
    </div>
  );
}

function Part({
  title,
  titled,
  onAll,
  children,
}: {
  title: string;
  titled: boolean;
  onAll: (() => void) | null;
  children: ReactNode;
}) {
  const t = useTranslations('search');
  if (!children) return null;
  if (!titled) return children;
  return (
    <section className="search-part">
      <header>
        <h2>{title}</h2>
        {onAll && (
          <Button kind="quiet" size="small" aria-label={t('seeAllOf', { what: title })} onClick={onAll}>
            {t('seeAll')}
          </Button>
        )}
      </header>
      {children}
    </section>
  );
}

function Count({ of }: { of: Messages | null }) {
  const t = useTranslations('search');
  if (of === null || of.hits.length === 0) return null;
  if (of.complete) return t('count', { count: of.count });
  return t('countMore', { count: Math.min(of.count, foundSizeMax) });
}

function Hints({ of }: { of: Messages | null }) {
  const t = useTranslations('search');
  if (of === null || of.hints.length === 0) return null;
  return (
    <ul className="search-hints">
      {of.hints.map((one) => (
        <li key={`${one.what} ${one.text}`} className="p-meta">
          {t.rich(`hints.${one.what}`, { text: one.text, b: (words) => <bdi dir="auto">{words}</bdi> })}
        </li>
      ))}
    </ul>
  );
}

function Files({ files }: { files: readonly Resource[] }) {
  const t = useTranslations('search');
  const shell = useTranslations('shell');
  return (
    <ul className="rows" aria-label={t('tabs.files')}>
      {files.map((one) => (
        <li key={one.id}>
          <Link className="row-link" href={wayTo(one)}>
            <ThingIcon kind={one.kind} />
            <span className="row-text">
              <bdi className="p-strong">{one.title}</bdi>
              <span className="p-meta">{shell(`kinds.${one.kind}`)}</span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Wrong({ error }: { error: unknown }) {
  return <p className="search-wrong">{useProblem()(error)}</p>;
}

function Waiting() {
  const t = useTranslations('search');
  return <SkeletonLines label={t('searching')} rows={4} />;
}
