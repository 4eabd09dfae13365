'use client';
import type { BesideHit, MessageHit } from '@parvis/contract/chat-search';
import { Avatar } from '@parvis/ui/Avatar';
import { Badge } from '@parvis/ui/Badge';
import { exactTime } from '@parvis/ui/format';
import { Icon } from '@parvis/ui/Icon';
import {
  ChartBar,
  Code,
  Hash,
  Image,
  Link as LinkIcon,
  MessagesSquare,
  Mic,
  Paperclip,
  Pin,
  Smile,
} from 'lucide-react';
import Link from 'next/link';
import { useFormatter, useLocale, useTimeZone, useTranslations } from 'next-intl';
import { Marked } from '../docs/home/Hits.tsx';

const icons = {
  file: Paperclip,
  link: LinkIcon,
  image: Image,
  poll: ChartBar,
  code: Code,
  reaction: Smile,
  pin: Pin,
  voice: Mic,
} as const;

/** The address of a message, in its channel. */
export function wayToMessage({ channel, seq }: Pick<MessageHit, 'channel' | 'seq'>): string {
  return `/chat/${channel.id}?m=${seq}`;
}

interface Props {
  hits: readonly MessageHit[];
  onOpen: () => void;
}

/** Messages that were found, each with what was said right before and after it. */
export function MessageHits({ hits, onOpen }: Props) {
  const t = useTranslations('search');
  return (
    <ul className="rows search-hits" aria-label={t('tabs.messages')}>
      {hits.map((hit) => (
        <li key={`${hit.channel.id} ${hit.seq}`}>
          <Hit hit={hit} onOpen={onOpen} />
        </li>
      ))}
    </ul>
  );
}

function Hit({ hit, onOpen }: { hit: MessageHit; onOpen: () => void }) {
  const t = useTranslations('search');
  const shell = useTranslations('shell');
  const format = useFormatter();
  const locale = useLocale();
  const timeZone = useTimeZone();
  const { sender } = hit;
  return (
    <Link className="row-link search-hit" href={wayToMessage(hit)} onClick={onOpen}>
      <Avatar id={sender.id} name={sender.name} size="m" />
      <span className="search-hit-words">
        <span className="search-hit-who">
          <bdi className="p-strong">{sender.name}</bdi>
          {sender.kind === 'guest' && <Badge tone="people">{shell('guest')}</Badge>}
          <time className="p-meta" dateTime={hit.at} title={exactTime(hit.at, locale, { timeZone })}>
            {format.dateTime(new Date(hit.at), {
              day: 'numeric',
              month: 'short',
              year: 'numeric',
              hour: '2-digit',
              minute: '2-digit',
            })}
          </time>
        </span>
        {hit.before && <Beside of={hit.before} />}
        <span className="search-hit-text">
          <bdi>
            <Marked stretches={hit.text} />
          </bdi>
        </span>
        {hit.after && <Beside of={hit.after} />}
        <span className="p-meta search-hit-place">
          <Icon of={hit.threadSeq === null ? Hash : MessagesSquare} size="s" />
          <span>
            <bdi>{hit.channel.title}</bdi>
            {hit.channel.spaceTitle !== null && (
              <>
                {' · '}
                <bdi>{hit.channel.spaceTitle}</bdi>
              </>
            )}
            {hit.threadSeq !== null && ` · ${t('inThread')}`}
          </span>
          {hit.carries.map((what) => (
            <span key={what} className="search-hit-carries">
              <Icon of={icons[what]} size="s" />
              <span className="p-sr">{t(`carries.${what}`)}</span>
            </span>
          ))}
        </span>
      </span>
    </Link>
  );
}

function Beside({ of }: { of: BesideHit }) {
  return (
    <span className="p-meta search-hit-beside">
      <bdi>{of.sender.name}</bdi> <bdi>{of.text}</bdi>
    </span>
  );
}
