'use client';
import './poll.css';
import { call } from '@parvis/contract/call';
import type { Message } from '@parvis/contract/chat-entry';
import { closePoll, getMyVote, votePoll } from '@parvis/contract/chat-poll';
import { Button } from '@parvis/ui/Button';
import { exactTime } from '@parvis/ui/format';
import { toast } from '@parvis/ui/Toast';
import { useLocale, useNow, useTimeZone, useTranslations } from 'next-intl';
import { useEffect, useId, useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';
import { useFrame } from '../../shell/AppFrame.tsx';

type Poll = NonNullable<Message['poll']>;

/** What I chose: read from the poll itself, or asked for where it tells nobody; at once when I have just chosen. */
function useMine({ channelId, seq, changedSeq }: Message, poll: Poll, me: string) {
  const [secret, setSecret] = useState<readonly string[]>([]);
  const [wish, setWish] = useState<{ options: readonly string[]; at: number } | null>(null);
  useEffect(() => {
    if (!poll.anonymous) return;
    let current = true;
    const ask = async () => {
      const { options } = await call(getMyVote, { id: channelId, seq }).catch(() => ({ options: [] }));
      if (current) setSecret(options);
    };
    void ask();
    return () => {
      current = false;
    };
  }, [channelId, seq, poll.anonymous]);
  const shown = poll.options.filter(({ people }) => people.includes(me)).map(({ id }) => id);
  const known = poll.anonymous ? secret : shown;
  return {
    mine: wish !== null && wish.at === changedSeq ? wish.options : known,
    wish: (options: readonly string[] | null) => setWish(options && { options, at: changedSeq }),
    keep: setSecret,
  };
}

const isClosed = ({ closedAt, closesAt }: Poll, now: Date) =>
  closedAt !== null || (closesAt !== null && Date.parse(closesAt) < now.getTime());

/** A question with its choices: one press votes, the same press again takes it back; counts change as others vote. */
export function MessagePoll({ message, stops }: { message: Message; stops: boolean }) {
  const poll = message.poll;
  return poll === null ? null : <Asked message={message} poll={poll} stops={stops} />;
}

function Asked({ message, poll, stops }: { message: Message; poll: Poll; stops: boolean }) {
  const t = useTranslations('chatPoll');
  const problem = useProblem();
  const { person } = useFrame();
  const name = useId();
  const { mine, wish, keep } = useMine(message, poll, person.id);
  const [busy, setBusy] = useState(false);
  const now = useNow({ updateInterval: 30_000 });
  const closed = isClosed(poll, now);
  const total = poll.options.reduce((sum, { votes }) => sum + votes, 0);
  const { channelId: id, seq } = message;

  async function act(what: () => Promise<unknown>) {
    setBusy(true);
    try {
      await what();
    } catch (error) {
      wish(null);
      toast(problem(error), { tone: 'bad' });
    }
    setBusy(false);
  }
  function choose(option: string) {
    const others = poll.multiple ? mine.filter((one) => one !== option) : [];
    const options = mine.includes(option) ? others : [...others, option];
    wish(options);
    void act(async () => {
      await call(votePoll, { id, seq, options });
      keep(options);
    });
  }
  return (
    <fieldset className="chat-poll" aria-describedby={`${name}-foot`}>
      <legend dir="auto">{poll.question}</legend>
      {poll.options.map((option) => (
        <label key={option.id} className="chat-poll-option" data-mine={mine.includes(option.id) || undefined}>
          <input
            type="checkbox"
            checked={mine.includes(option.id)}
            disabled={closed}
            aria-busy={busy || undefined}
            tabIndex={stops ? undefined : -1}
            onChange={() => choose(option.id)}
          />
          <span dir="auto">{option.text}</span>
          <span className="p-meta">{t('votes', { count: option.votes })}</span>
          <span
            className="chat-poll-bar"
            style={{ inlineSize: `${total === 0 ? 0 : (option.votes / total) * 100}%` }}
            aria-hidden="true"
          />
        </label>
      ))}
      <Foot
        poll={poll}
        closed={closed}
        id={`${name}-foot`}
        onClose={
          message.sender.id === person.id && !closed
            ? () => void act(() => call(closePoll, { id, seq }))
            : undefined
        }
      />
    </fieldset>
  );
}

interface FootProps {
  poll: Poll;
  closed: boolean;
  id: string;
  onClose: (() => void) | undefined;
}

function Foot({ poll, closed, id, onClose }: FootProps) {
  const t = useTranslations('chatPoll');
  const locale = useLocale();
  const timeZone = useTimeZone();
  const words = [
    t(poll.multiple ? 'several' : 'single'),
    ...(poll.anonymous ? [t('anonymous')] : []),
    ...(closed ? [t('closed')] : []),
    ...(!closed && poll.closesAt !== null
      ? [t('until', { time: exactTime(poll.closesAt, locale, { timeZone }) })]
      : []),
  ];
  return (
    <p className="chat-poll-foot p-meta" id={id}>
      <span suppressHydrationWarning>{words.join(' · ')}</span>
      {onClose && (
        <Button kind="quiet" size="small" onClick={onClose}>
          {t('close')}
        </Button>
      )}
    </p>
  );
}
