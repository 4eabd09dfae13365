'use client';
import type { Message } from '@parvis/contract/chat-entry';
import type { Person } from '@parvis/contract/shape';
import { Button } from '@parvis/ui/Button';
import { EmptyState } from '@parvis/ui/EmptyState';
import { useFormatter, useTranslations } from 'next-intl';
import { Fragment, type KeyboardEvent, useRef, useState } from 'react';
import type { Waiting } from '../channel-state.ts';
import { MessageRow, WaitingRow } from './MessageRow.tsx';

/** Milliseconds within which messages of one person stand together under one name. */
const togetherMs = 5 * 60_000;

interface Props {
  title: string;
  messages: readonly Message[];
  hasOlder: boolean;
  waiting: readonly Waiting[];
  readBefore: number;
  me: Person;
  onOlder: () => Promise<void>;
  onAgain: (waiting: Waiting) => void;
  onDrop: (clientId: string) => void;
}

const dayOf = (at: string) => new Date(at).toDateString();

/**
 * The log of a channel. It keeps to its end by itself (the scroll container is laid from the bottom), is one stop of the
 * Tab key, and the arrows walk from message to message.
 */
export function MessageList(props: Props) {
  const t = useTranslations('chat');
  const format = useFormatter();
  const log = useRef<HTMLDivElement>(null);
  const [loading, setLoading] = useState(false);
  const { messages } = props;

  async function more() {
    setLoading(true);
    await props.onOlder().finally(() => setLoading(false));
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    const rows = [...(log.current?.querySelectorAll<HTMLElement>('article') ?? [])];
    const at = rows.indexOf(document.activeElement as HTMLElement);
    const next = rows[at < 0 ? rows.length - 1 : at + (event.key === 'ArrowUp' ? -1 : 1)];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrow keys walk the messages
    <div
      ref={log}
      className="p-scroll p-scroll-end chat-log"
      role="log"
      aria-label={props.title}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must be reachable by keyboard
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div className="chat-feed">
        {props.hasOlder && (
          <Button kind="quiet" busy={loading} onClick={() => void more()}>
            {t('older')}
          </Button>
        )}
        {messages.length === 0 && props.waiting.length === 0 && (
          <EmptyState title={t('empty')}>{t('emptyHelp')}</EmptyState>
        )}
        {messages.map((message, index) => {
          const before = messages[index - 1];
          const newDay = !before || dayOf(before.at) !== dayOf(message.at);
          const isNew =
            message.seq > props.readBefore &&
            (before?.seq ?? 0) <= props.readBefore &&
            props.readBefore > 0 &&
            message.sender.id !== props.me.id;
          const together =
            !newDay &&
            !isNew &&
            before?.sender.id === message.sender.id &&
            Date.parse(message.at) - Date.parse(before.at) < togetherMs;
          return (
            <Fragment key={message.seq}>
              {newDay && (
                <div className="chat-day">
                  <span suppressHydrationWarning>
                    {format.dateTime(new Date(message.at), {
                      weekday: 'long',
                      day: 'numeric',
                      month: 'long',
                    })}
                  </span>
                </div>
              )}
              {isNew && (
                <div className="chat-day" data-new role="separator">
                  <span>{t('new')}</span>
                </div>
              )}
              <MessageRow message={message} together={together} />
            </Fragment>
          );
        })}
        {props.waiting.map((one) => (
          <WaitingRow
            key={one.clientId}
            waiting={one}
            me={props.me}
            onAgain={props.onAgain}
            onDrop={props.onDrop}
          />
        ))}
      </div>
    </div>
  );
}
