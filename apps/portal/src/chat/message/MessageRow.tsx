'use client';
import type { Message } from '@parvis/contract/chat-entry';
import { Badge } from '@parvis/ui/Badge';
import { clockTime, exactTime } from '@parvis/ui/format';
import { Icon } from '@parvis/ui/Icon';
import { Pin } from 'lucide-react';
import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { memo, type ReactNode } from 'react';
import { Face } from '../../presence/Face.tsx';
import { StatusSign } from '../../presence/StatusSign.tsx';
import { Body } from './Body.tsx';
import type { Here } from './here.ts';
import { parts } from './parts.ts';
import { QuoteCard } from './QuoteCard.tsx';
import { Reactions } from './Reactions.tsx';
import { AnswerLine, ThreadLine } from './ThreadLine.tsx';
import { Toolbar } from './Toolbar.tsx';
import type { Block } from './tree.ts';

export interface RowProps {
  message: Message;
  together: boolean;
  here: Here;
  /** Begins the ids of the parts: the same message may stand in the channel and in its thread. */
  list: string;
  given?: readonly Block[] | undefined;
  /** It is the one stop of the Tab key among the messages. */
  stop: boolean;
  /** It is pointed at, or has the focus. */
  lit: boolean;
  /** It was jumped to. */
  sought: boolean;
  /** Stands in place of the text while it is written anew. */
  field?: ReactNode;
  onMore: (message: Message) => void;
}

/** Whether a message calls whoever reads it. */
function calls({ mentions, sender }: Message, me: string): boolean {
  if (sender.id === me) return false;
  return mentions.some(({ kind, id }) => (kind === 'person' ? id === me : id === null));
}

/** One message: an article that is named by who, when, what, and what others made of it. */
export const MessageRow = memo(function MessageRow(props: RowProps) {
  const { message, together, here, list, stop, lit, sought, field } = props;
  const id = `${list}-${message.seq}`;
  const gone = message.deletedAt !== null || message.hidden;
  const labels = ['who', 'at', 'body', 'pin', 'reactions', 'thread'].map((part) => `${id}-${part}`);
  return (
    <article
      id={id}
      className="chat-message"
      data-seq={message.seq}
      data-together={together || undefined}
      data-called={(!gone && calls(message, here.me.id)) || undefined}
      data-sought={sought || undefined}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the arrows walk from message to message
      tabIndex={stop ? 0 : -1}
      aria-labelledby={labels.join(' ')}
    >
      {together ? (
        <Time message={message} id={`${id}-at`} />
      ) : (
        <Face id={message.sender.id} name={message.via?.name ?? message.sender.name} size="l" />
      )}
      <div className="chat-said">
        <Head message={message} together={together} id={id} />
        <AnswerLine message={message} here={here} stops={stop} />
        {message.quote !== null && !gone && <QuoteCard quote={message.quote} stops={stop} />}
        {field ?? <Said {...props} gone={gone} id={`${id}-body`} />}
        {!gone &&
          parts
            .filter(({ shown }) => shown(message))
            .map(({ id: part, Part }) => <Part key={part} message={message} stops={stop} />)}
        {!gone && <Reactions message={message} here={here} stops={stop} id={`${id}-reactions`} />}
        <ThreadLine message={message} here={here} stops={stop} id={`${id}-thread`} />
      </div>
      {lit && field === undefined && (
        <Toolbar message={message} here={here} stops={stop} onMore={() => props.onMore(message)} />
      )}
    </article>
  );
});

function Time({ message, id }: { message: Message; id: string }) {
  const locale = useLocale();
  const timeZone = useTimeZone();
  return (
    <time
      id={id}
      className="chat-at"
      dateTime={message.at}
      title={exactTime(message.at, locale, { timeZone })}
    >
      {clockTime(message.at, locale, { timeZone })}
    </time>
  );
}

function Head({ message, together, id }: { message: Message; together: boolean; id: string }) {
  const t = useTranslations('chatMessage');
  const shell = useTranslations('shell');
  const { sender, via, pinnedBy } = message;
  return (
    <>
      <p className={together ? 'p-sr' : 'chat-who'}>
        <bdi className="chat-name" id={`${id}-who`}>
          {via?.name ?? sender.name}
        </bdi>
        {via === null && <StatusSign id={sender.id} />}
        {via !== null && <Badge>{t(`via.${via.kind}`)}</Badge>}
        {via === null && sender.bot && <Badge>{shell('bot')}</Badge>}
        {via === null && sender.kind === 'guest' && !sender.bot && (
          <>
            <Badge tone="people">{shell('guest')}</Badge>
            {sender.organisation !== null && <bdi className="chat-at">{sender.organisation}</bdi>}
          </>
        )}
        {!together && <Time message={message} id={`${id}-at`} />}
      </p>
      {pinnedBy !== null && (
        <p className="chat-pinned p-meta" id={`${id}-pin`}>
          <Icon of={Pin} size="xs" />
          {t('pinnedBy', { name: pinnedBy.name })}
        </p>
      )}
    </>
  );
}

function Said({ message, here, given, stop, gone, id }: RowProps & { gone: boolean; id: string }) {
  const t = useTranslations('chatMessage');
  if (gone) {
    return (
      <p className="chat-gone" id={id}>
        {t(message.deletedAt === null ? 'hidden' : 'deleted')}
      </p>
    );
  }
  const edited = message.editedAt !== null && (
    <button
      type="button"
      className="chat-edited p-meta"
      tabIndex={stop ? undefined : -1}
      aria-label={t('editedShow')}
      onClick={() => here.ask('history', message)}
    >
      {t('edited')}
    </button>
  );
  return (
    <Body
      id={id}
      body={message.body}
      given={given}
      mentions={message.mentions}
      me={here.me.id}
      after={edited || undefined}
      stops={stop}
    />
  );
}
