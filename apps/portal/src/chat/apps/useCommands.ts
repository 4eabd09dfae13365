'use client';
import { call } from '@parvis/contract/call';
import type { Channel } from '@parvis/contract/chat';
import { runCommand } from '@parvis/contract/chat-command';
import type { Message, MessageExtras } from '@parvis/contract/chat-entry';
import type { Locale } from '@parvis/contract/shape';
import { toast } from '@parvis/ui/Toast';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useCallback, useRef, useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';
import { commandOf, type Offered, type Typed } from './commands.ts';

type Send = (body: string, extras?: MessageExtras) => void;
/** What is shown to the person alone: the list of commands, a question to fill in, what was done, or what a program said. */
export type Answer =
  | { readonly kind: 'help' | 'poll' }
  | { readonly kind: 'told'; readonly text: string }
  | { readonly kind: 'reply'; readonly word: string; readonly text: string };

/** Takes commands out of what is sent; everything else goes on as a message. `messages` are those that are shown. */
export function useCommands(channel: Channel, send: Send, messages: readonly Message[]) {
  const t = useTranslations('chatApps');
  const locale = useLocale() as Locale;
  const router = useRouter();
  const problem = useProblem();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const last = useRef<Message | undefined>(undefined);
  last.current = messages.findLast(({ deletedAt, hidden }) => deletedAt === null && !hidden);

  const own = useCallback(
    async (command: Offered, args: string): Promise<void> => {
      const { houseCommands } = await import('./house-commands.ts');
      await houseCommands[command](args, {
        channel,
        locale,
        last: last.current,
        send,
        go: (way) => router.push(way),
        refresh: () => router.refresh(),
        tell: (key, values) => setAnswer({ kind: 'told', text: t(key, values) }),
        show: (kind) => setAnswer({ kind }),
      });
    },
    [channel, locale, send, router, t],
  );
  const run = useCallback(
    async ({ own: command, word, args }: Typed) => {
      try {
        if (command !== null) return await own(command, args);
        const { reply } = await call(runCommand, { id: channel.id, word, args });
        if (reply !== null) setAnswer({ kind: 'reply', word, text: reply });
      } catch (error) {
        toast(problem(error), { tone: 'bad' });
      }
    },
    [channel.id, own, problem],
  );
  const sendOrRun = useCallback<Send>(
    (body, extras) => {
      // What goes with files or a quote is a message.
      const alone = Object.keys(extras ?? {}).length === 0;
      const typed = alone ? commandOf(body, locale) : null;
      setAnswer(null);
      if (typed === null) send(body, extras);
      else void run(typed);
    },
    [locale, run, send],
  );
  return { send: sendOrRun, answer, close: useCallback(() => setAnswer(null), []) };
}
