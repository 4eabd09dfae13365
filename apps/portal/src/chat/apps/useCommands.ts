'use client';
import { call } from '@parvis/contract/call';
import type { Channel } from '@parvis/contract/chat';
import { addToChannel, changeChannel, leaveChannel } from '@parvis/contract/chat-channel';
import { runCommand } from '@parvis/contract/chat-command';
import type { MessageExtras } from '@parvis/contract/chat-entry';
import { findMentionable } from '@parvis/contract/chat-write';
import { createMeeting } from '@parvis/contract/meet';
import type { Locale } from '@parvis/contract/shape';
import { toast } from '@parvis/ui/Toast';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useCallback, useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';
import { commandOf, type Offered, type Typed } from './commands.ts';

type Send = (body: string, extras?: MessageExtras) => void;
/** What is shown to the person alone: the list of commands, or what a program said. */
export type Answer =
  | { readonly kind: 'help' }
  | { readonly kind: 'reply'; readonly word: string; readonly text: string };

/** Takes commands out of what is sent; everything else goes on as a message. */
export function useCommands(channel: Channel, send: Send) {
  const t = useTranslations('chatApps');
  const locale = useLocale() as Locale;
  const router = useRouter();
  const problem = useProblem();
  const [answer, setAnswer] = useState<Answer | null>(null);

  const own = useCallback(
    async (command: Offered, args: string): Promise<void> => {
      const acts: Record<Offered, () => unknown> = {
        help: () => setAnswer({ kind: 'help' }),
        me: () => args !== '' && send(`_${args}_`),
        topic: async () => {
          await call(changeChannel, { id: channel.id, topic: args });
          router.refresh();
        },
        invite: async () => toast(await invite(channel.id, args, t)),
        leave: async () => {
          await call(leaveChannel, { id: channel.id });
          router.push('/');
        },
        meet: async () => {
          if (channel.spaceId === null) return toast(t('cannotMeet'));
          const title = args === '' ? channel.title : args;
          router.push(`/meet/${(await call(createMeeting, { spaceId: channel.spaceId, title })).id}`);
        },
        poll: () => {
          const [question = '', ...options] = args.split('|').map((one) => one.trim());
          if (question === '' || options.length < 2) return toast(t('pollHow'));
          send('', { poll: { question, options, multiple: false, anonymous: false, closesAt: null } });
        },
        search: () => router.push(`/search?q=${encodeURIComponent(args)}`),
      };
      await acts[command]();
    },
    [channel, send, router, t],
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
      if (typed === null) send(body, extras);
      else void run(typed);
    },
    [locale, run, send],
  );
  return { send: sendOrRun, answer, close: useCallback(() => setAnswer(null), []) };
}

/** Puts the one person of that name into a channel. Resolves to what is said of it. */
async function invite(
  channelId: string,
  name: string,
  t: (key: 'invited' | 'inviteWhom', values?: { name: string }) => string,
): Promise<string> {
  const q = name.replace(/^@/, '').trim();
  const { people } = q === '' ? { people: [] } : await call(findMentionable, { id: channelId, q });
  const [found, ...others] = people.map(({ person }) => person);
  if (found === undefined || others.length > 0) return t('inviteWhom');
  await call(addToChannel, { id: channelId, personIds: [found.id] });
  return t('invited', { name: found.name });
}
