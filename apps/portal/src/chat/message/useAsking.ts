'use client';
import { call } from '@parvis/contract/call';
import type { Message } from '@parvis/contract/chat-entry';
import { deleteMessage, editMessage, pinMessage, reactToMessage } from '@parvis/contract/chat-message';
import { toast } from '@parvis/ui/Toast';
import { useMemo, useRef } from 'react';
import { useProblem } from '../../problems/useProblem.ts';
import type { Here } from './here.ts';

/** What is asked of the server about a message. The answer is shown at once; a refusal is said. */
export function useAsking(
  me: string,
  onChanged: (message: Message) => void,
): Pick<Here, 'react' | 'save' | 'remove' | 'pin'> {
  const latest = useRef({ problem: useProblem(), onChanged });
  latest.current = { problem: latest.current.problem, onChanged };
  return useMemo(() => {
    async function ask(asked: Promise<Message>): Promise<void> {
      try {
        latest.current.onChanged(await asked);
      } catch (error) {
        toast(latest.current.problem(error), { tone: 'bad' });
        throw error;
      }
    }
    const ofMessage = ({ channelId, seq }: Message) => ({ id: channelId, seq });
    const said = () => undefined;
    return {
      react(message, emoji, on) {
        // Shown before it is stored: a reaction is a nod. What the server then says replaces it.
        latest.current.onChanged(withReaction(message, me, emoji, on));
        ask(call(reactToMessage, { ...ofMessage(message), emoji, on })).catch(() =>
          latest.current.onChanged(message),
        );
      },
      save: (message, body) => ask(call(editMessage, { ...ofMessage(message), body })),
      remove: (message) => void ask(call(deleteMessage, ofMessage(message))).catch(said),
      pin: (message, on) => void ask(call(pinMessage, { ...ofMessage(message), on })).catch(said),
    };
  }, [me]);
}

/** The message as it will be with my reaction, or without. */
function withReaction(message: Message, me: string, emoji: string, on: boolean): Message {
  const known = message.reactions.find((one) => one.emoji === emoji);
  const others = known?.people.filter((id) => id !== me) ?? [];
  const mine = known?.people.includes(me) === true;
  const count = (known?.count ?? 0) + (on ? 1 : 0) - (mine ? 1 : 0);
  const next = { emoji, count, people: on ? [...others, me] : others };
  const reactions = known
    ? message.reactions.map((one) => (one === known ? next : one)).filter((one) => one.count > 0)
    : [...message.reactions, next];
  return { ...message, reactions };
}
