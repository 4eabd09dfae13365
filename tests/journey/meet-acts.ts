import { Meeting } from '@parvis/contract/meet';
import { demoSpaces } from '@parvis/contract/demo';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { eventually } from './eventually.ts';
import { readReady } from './given.ts';
import { actMsMax, type Visitor } from './visitor.ts';

/** Milliseconds that one act has to lead to something before it is done again. */
const patienceMs = 8_000;

/** Acts, again where the machine was too slow to hear it, until what it leads to is there. */
export function actUntil(what: string, there: Locator, act: () => Promise<void>, msMax: number) {
  return eventually(
    what,
    async () => {
      if (await there.isVisible()) return true;
      await act().catch(() => undefined);
      return there.waitFor({ timeout: patienceMs }).then(
        () => true,
        () => false,
      );
    },
    { msMax },
  );
}

/** From the door of a meeting to its stage. */
export function enters(page: Page, who: Visitor) {
  const stage = page.getByRole('toolbar', { name: who.say('meetRoom.tools') });
  const button = page.getByRole('button', { name: who.say('meet.join'), exact: true });
  return actUntil(`${who.name} is on the stage`, stage, () => button.click({ timeout: 4_000 }), 2 * actMsMax);
}

/** Asks something of the house as this person's page would. */
export function asksOf(who: Visitor, method: 'POST' | 'PUT', path: string, data: object) {
  const { url } = readReady();
  return who.context.request.fetch(url + path, { method, data, headers: { origin: url } });
}

/** Opens a channel of the demo's space of the estuary as the chat of a meeting there, and answers its id. */
export async function openMeetingChat(who: Visitor, meeting: Meeting): Promise<string> {
  const wanted = { spaceId: demoSpaces.estuary.id, name: meeting.title, forEveryone: false };
  const made = await asksOf(who, 'POST', '/api/chat/channels', wanted);
  const { id: channelId } = (await made.json()) as { id: string };
  const set = await asksOf(who, 'PUT', `/api/meet/meetings/${meeting.id}/chat`, { channelId });
  expect(set.status()).toBe(200);
  return channelId;
}

/** A meeting in the demo's space of the estuary, made by this person. */
export async function makeMeeting(who: Visitor, body: object): Promise<Meeting> {
  const { url } = readReady();
  const answer = await who.context.request.post(`${url}/api/meet/meetings`, {
    data: { spaceId: demoSpaces.estuary.id, ...body },
    headers: { origin: url },
  });
  expect(answer.status()).toBe(200);
  return Meeting.parse(await answer.json());
}
