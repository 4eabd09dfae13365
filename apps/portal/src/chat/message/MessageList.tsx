'use client';
import './message.css';
import type { Message, Notice } from '@parvis/contract/chat-entry';
import { Button } from '@parvis/ui/Button';
import { EmptyState } from '@parvis/ui/EmptyState';
import dynamic from 'next/dynamic';
import { useFormatter, useTimeZone, useTranslations } from 'next-intl';
import { type ReactNode, type Ref, useCallback, useImperativeHandle, useMemo, useRef, useState } from 'react';
import type { Waiting } from '../channel-state.ts';
import type { FloatingKind } from './Floating.tsx';
import type { Here } from './here.ts';
import { LiveWords } from './LiveWords.tsx';
import { MessageRow } from './MessageRow.tsx';
import { NoticeRow } from './NoticeRow.tsx';
import { Pills } from './Pills.tsx';
import { type Row, rowsOf } from './rows.ts';
import type { Block } from './tree.ts';
import { useLongPress } from './useLongPress.ts';
import { usePlace } from './usePlace.ts';
import { useRowKeys } from './useRowKeys.ts';
import { WaitingRow } from './WaitingRow.tsx';

const EditField = dynamic(() => import('./EditField.tsx').then((part) => part.EditField), { ssr: false });
const Floating = dynamic(() => import('./Floating.tsx').then((part) => part.Floating), { ssr: false });

/** What whoever shows a list can do with it. */
export interface ListHandle {
  /** Shows a message in the middle, marked; answers whether it is drawn. */
  seek(seq: number): boolean;
  toEnd(): void;
  isAtEnd(): boolean;
  /** Opens the picker of signs, or the menu, beside a message. */
  open(kind: FloatingKind, message: Message): void;
}

export interface ListProps {
  /** Its name, and the beginning of its ids. */
  title: string;
  id: string;
  messages: readonly Message[];
  notices?: readonly Notice[];
  older: boolean;
  newer: boolean;
  missed: number;
  waiting: readonly Waiting[];
  readBefore: number;
  /** Messages that were unread when the page was opened, for the way back to the first of them. */
  unread: number;
  here: Here;
  given?: Readonly<Record<number, readonly Block[]>>;
  /** The message that is written anew. */
  editing: number | null;
  onEdited: (message: Message, body: string | null) => Promise<void>;
  handle: Ref<ListHandle>;
  /** The list is that of a thread: the first is what the others answer. */
  root?: number;
  empty?: ReactNode;
  onOlder: () => Promise<void>;
  onNewer: () => Promise<void>;
  onNewest: () => void;
  onUnread: () => void;
  /** One has scrolled to the end, or away from it. */
  onPlace: () => void;
  onAgain: (waiting: Waiting) => void;
  onDrop: (clientId: string) => void;
}

/**
 * A list of messages: an article each, one stop of the Tab key for all of them, arrows from one to the next. It is a log
 * by its role, but it does not speak by itself: what others write is said in short beside it (see LiveWords).
 */
export function MessageList(props: ListProps) {
  const { here, messages, waiting } = props;
  const log = useRef<HTMLDivElement>(null);
  const rows = useRows(props);
  const drawn = useMemo(() => [rows, waiting], [rows, waiting]);
  const place = usePlace(log, { rows: drawn, ...props });
  const floating = useFloating(props.id);
  const { open, at } = floating;
  const [stop, setStop] = useState<number | null>(null);
  const [lit, setLit] = useState<number | null>(null);
  const [sought, setSought] = useState<number | null>(null);
  const onMenu = useCallback((message: Message) => open('menu', message), [open]);
  const onKeyDown = useRowKeys({ log, messages, here, onMenu });
  const longPress = useLongPress((row) => {
    const message = messages.find(({ seq }) => String(seq) === row.dataset.seq);
    if (message) open('sheet', message);
  });
  useImperativeHandle(props.handle, () => ({
    seek(seq) {
      const found = place.seek(`${props.id}-${seq}`);
      if (found) setSought(seq);
      return found;
    },
    toEnd: place.toEnd,
    isAtEnd: place.isAtEnd,
    open,
  }));
  const last = messages.at(-1)?.seq ?? null;
  const stopAt = stop !== null && messages.some(({ seq }) => seq === stop) ? stop : last;
  const floats = messages.find(({ seq }) => seq === at?.seq);
  return (
    <div className="chat-list" data-thread={props.root !== undefined || undefined}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys and pointers of its articles */}
      <div
        ref={log}
        className="p-scroll p-scroll-end chat-log"
        role="log"
        aria-live="off"
        aria-label={props.title}
        aria-busy={place.loading !== null}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- without a message it is itself what the keyboard reaches
        tabIndex={last === null ? 0 : -1}
        onKeyDown={onKeyDown}
        onScroll={() => {
          place.look();
          props.onPlace();
        }}
        onFocus={(event) => {
          setStop(seqOf(event.target) ?? stop);
          setLit(seqOf(event.target));
        }}
        onBlur={() => setLit(null)}
        onPointerOver={(event) => event.pointerType !== 'touch' && setLit(seqOf(event.target))}
        onPointerLeave={() => setLit(null)}
        {...longPress}
      >
        <div className="chat-feed">
          <Beginning {...props} busy={place.loading === 'older'} onMore={() => void place.more('older')} />
          {rows.map((row) => (
            <ListRow
              key={row.key}
              row={row}
              list={props}
              stop={stopAt}
              lit={at?.seq ?? lit}
              sought={sought}
              onMore={onMenu}
            />
          ))}
          {!props.newer &&
            waiting.map((one) => (
              <WaitingRow
                key={one.clientId}
                waiting={one}
                me={here.me}
                onAgain={props.onAgain}
                onDrop={props.onDrop}
              />
            ))}
        </div>
      </div>
      <Pills {...props} away={place.away} rows={rows} />
      <LiveWords messages={messages} me={here.me.id} />
      {at !== null && floats !== undefined && (
        <Floating kind={at.kind} at={at.element} message={floats} here={here} onClose={floating.close} />
      )}
    </div>
  );
}

/** The message in which something lies. */
function seqOf(target: EventTarget): number | null {
  const seq = (target as HTMLElement).closest<HTMLElement>('article')?.dataset.seq;
  return seq === undefined ? null : Number(seq);
}

/** Which menu or picker is open, and beside what. */
function useFloating(list: string) {
  const [at, setAt] = useState<{ kind: FloatingKind; seq: number; element: HTMLElement } | null>(null);
  const open = useCallback(
    (kind: FloatingKind, { seq }: Message) => {
      const row = document.getElementById(`${list}-${seq}`);
      if (row === null) return;
      const near = row.contains(document.activeElement) ? document.activeElement : null;
      const button = near?.closest<HTMLElement>('button') ?? row.querySelector<HTMLElement>('[data-more]');
      setAt({ kind, seq, element: button ?? row });
    },
    [list],
  );
  const close = useCallback(() => setAt(null), []);
  return { at, open, close };
}

function useRows({ messages, notices, readBefore, here, root }: ListProps): Row[] {
  const timeZone = useTimeZone();
  const me = here.me.id;
  return useMemo(() => {
    const days = new Intl.DateTimeFormat('en', {
      timeZone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
    });
    const dayOf = (at: string) => days.format(new Date(at));
    return rowsOf({ messages, ...(notices && { notices }), readBefore, me, dayOf, ...(root && { root }) });
  }, [messages, notices, readBefore, me, timeZone, root]);
}

function Beginning(props: ListProps & { busy: boolean; onMore: () => void }) {
  const t = useTranslations('chat');
  if (props.older)
    return (
      <Button kind="quiet" busy={props.busy} onClick={props.onMore}>
        {t('older')}
      </Button>
    );
  if (props.messages.length > 0 || props.waiting.length > 0) return null;
  return props.empty ?? <EmptyState title={t('empty')}>{t('emptyHelp')}</EmptyState>;
}

interface ListRowProps {
  row: Row;
  list: ListProps;
  stop: number | null;
  lit: number | null;
  sought: number | null;
  onMore: (message: Message) => void;
}

function ListRow({ row, list, stop, lit, sought, onMore }: ListRowProps) {
  const t = useTranslations('chat');
  const format = useFormatter();
  switch (row.kind) {
    case 'day':
      return (
        <div className="chat-day">
          <span suppressHydrationWarning>
            {format.dateTime(new Date(row.at), { weekday: 'long', day: 'numeric', month: 'long' })}
          </span>
        </div>
      );
    case 'new':
      return (
        <div className="chat-day" data-new role="separator" id={`${list.id}-new`}>
          <span>{t('new')}</span>
        </div>
      );
    case 'answers':
      return (
        <div className="chat-day" data-answers>
          <span>{t('answers', { count: row.count })}</span>
        </div>
      );
    case 'notice':
      return <NoticeRow notice={row.notice} />;
    case 'message': {
      const { message, together } = row;
      const { here, id, given, editing, onEdited } = list;
      return (
        <MessageRow
          message={message}
          together={together}
          here={here}
          list={id}
          given={given?.[message.seq]}
          stop={stop === message.seq}
          lit={lit === message.seq}
          sought={sought === message.seq}
          onMore={onMore}
          field={
            editing === message.seq ? (
              <EditField message={message} onDone={(body) => onEdited(message, body)} />
            ) : undefined
          }
        />
      );
    }
  }
}
