import { call } from '@parvis/contract/call';
import type { Channel } from '@parvis/contract/chat';
import { getHuddle, sayHuddle } from '@parvis/contract/chat-huddle';
import { nameLengthMax } from '@parvis/contract/limits';
import { createMeeting, endMeeting, getMeeting } from '@parvis/contract/meet';

/**
 * The meeting of a channel: the one that is held now, or a new one whose chat is the channel. Two who press at the same
 * moment come into the same. Resolves to its id. @throws Refusal
 */
export async function huddleOf(channel: Channel, title = ''): Promise<string> {
  const { meetingId: lastKnown } = await call(getHuddle, { id: channel.id });
  // One that may not be seen any more is over for this person.
  const last = lastKnown === null ? null : await call(getMeeting, { id: lastKnown }).catch(() => null);
  if (last !== null && last.endedAt === null) return last.id;
  const named = (title === '' ? channel.title : title).slice(0, nameLengthMax);
  const made = await call(createMeeting, { channelId: channel.id, title: named });
  const { meetingId } = await call(sayHuddle, { id: channel.id, meetingId: made.id, lastKnown });
  // Somebody was faster: theirs is held, and mine never was.
  if (meetingId !== made.id) await call(endMeeting, { id: made.id }).catch(() => undefined);
  return meetingId;
}
