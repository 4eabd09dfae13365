import { z } from 'zod';
import { Channel } from './chat.ts';
import { ChannelDescription, SlowSeconds, Topic } from './chat-place.ts';
import { addedPeopleMax, channelPeoplePageMax, retentionDaysMax } from './limits.ts';
import { operation } from './operation.ts';
import { ByIdInput, Done, Id, Name, Person, Role, SearchText } from './shape.ts';

/** Codes of channels and the people in them. */
export const chatChannelCodes = [
  'channel-archived',
  'wrong-channel-kind',
  'guest-needs-shared-channel',
  'conversation-with-oneself',
  'slow-mode',
] as const;

export const changeChannel = operation('PATCH', '/api/chat/channels/:id', {
  who: 'signed-in',
  scope: 'channels:write',
  summary: 'Rename a channel, or set its topic, description, slow mode or days of retention',
  input: z.object({
    id: Id,
    title: Name.optional(),
    topic: Topic.optional(),
    description: ChannelDescription.optional(),
    slowSeconds: SlowSeconds.optional(),
    retentionDays: z.int().min(1).max(retentionDaysMax).nullable().optional(),
  }),
  output: Channel,
});
export const archiveChannel = operation('PUT', '/api/chat/channels/:id/archive', {
  who: 'member',
  summary: 'Close a channel: it stays readable and searchable, and nobody writes in it',
  input: ByIdInput,
  output: Channel,
});
export const unarchiveChannel = operation('DELETE', '/api/chat/channels/:id/archive', {
  who: 'member',
  summary: 'Open an archived channel again',
  input: ByIdInput,
  output: Channel,
});

export const joinChannel = operation('PUT', '/api/chat/channels/:id/membership', {
  who: 'signed-in',
  summary: 'Put a channel that I may read into my column',
  input: ByIdInput,
  output: Channel,
});
export const leaveChannel = operation('DELETE', '/api/chat/channels/:id/membership', {
  who: 'signed-in',
  summary: 'Leave a channel; of a private one nothing is readable to me afterwards',
  input: ByIdInput,
  output: Done,
});
export const placeChannel = operation('PATCH', '/api/chat/channels/:id/place', {
  who: 'signed-in',
  summary: 'Star, mute or hide a channel in my column',
  input: z.object({
    id: Id,
    starred: z.boolean().optional(),
    muted: z.boolean().optional(),
    hidden: z.boolean().optional(),
  }),
  output: Channel,
});

/** Somebody in a channel. `byGroup` names the group or the space by which they are in it, if not by themselves. */
export const ChannelPerson = z.object({ person: Person, role: Role, byName: z.boolean() });
export type ChannelPerson = z.infer<typeof ChannelPerson>;

export const listChannelPeople = operation('GET', '/api/chat/channels/:id/people', {
  who: 'signed-in',
  scope: 'channels:read',
  summary: 'Who is in a channel: those who manage it first, then by name',
  input: z.object({
    id: Id,
    q: SearchText.optional(),
    limit: z.coerce.number().int().min(1).max(channelPeoplePageMax).default(channelPeoplePageMax),
  }),
  output: z.object({ people: z.array(ChannelPerson), total: z.int() }),
});
export const addToChannel = operation('POST', '/api/chat/channels/:id/people', {
  who: 'member',
  summary: 'Put people into a channel; those who could not read it can from now on',
  input: z.object({ id: Id, personIds: z.array(Id).min(1).max(addedPeopleMax) }),
  output: z.object({ added: z.array(Person) }),
});
export const removeFromChannel = operation('DELETE', '/api/chat/channels/:id/people/:personId', {
  who: 'member',
  summary: 'Take a person out of a channel',
  input: z.object({ id: Id, personId: Id }),
  output: Done,
});
