import { randomUUID } from 'node:crypto';
import { createBot, listBots } from '@parvis/contract/bot';
import { createChannel, postMessage } from '@parvis/contract/chat';
import { createGroup } from '@parvis/contract/directory';
import { createDocument } from '@parvis/contract/docs';
import { createFolder } from '@parvis/contract/drive';
import { scheduleMeeting } from '@parvis/contract/meet-schedule';
import type { Environment } from '@parvis/server/settings';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { chat } from '../../apps/chat/src/service.ts';
import { directory } from '../../apps/directory/src/service.ts';
import { docs } from '../../apps/docs/src/service.ts';
import { drive } from '../../apps/drive/src/service.ts';
import { upload } from '../../apps/drive/src/testing/tus-client.ts';
import { type Gateway, startGateway } from '../../apps/gateway/src/gateway.ts';
import { aStandIn, type StandIn } from '../../apps/identity/src/testing/stand-in.ts';
import { meet } from '../../apps/meet/src/service.ts';
import { notify } from '../../apps/notify/src/service.ts';

/** The origin that every house in the tests believes to be its own. */
export const publicUrl = 'http://127.0.0.1:8080';

const services = [directory, chat, docs, drive, meet, notify];

/** All services of the house in this process, the identity provider among them, behind the gateway. */
export interface WholeHouse {
  readonly house: House;
  readonly gateway: Gateway;
  readonly identity: StandIn;
  /** A person with a session whose requests go through the gateway. */
  person(wanted?: Parameters<House['person']>[0]): Promise<Visitor>;
  stop(): Promise<void>;
}

export async function aWholeHouse(extra: Environment = {}): Promise<WholeHouse> {
  const identity = await aStandIn(1);
  const house = await aHouse(services, {
    PARVIS_OIDC_ISSUER: identity.issuer,
    PARVIS_OIDC_CLIENT_SECRET: identity.clientSecret,
    DIRECTORY_ADMIN_CLIENT_SECRET: identity.directorySecret,
    DIRECTORY_SESSION_KEY: 'k'.repeat(40),
    // Where webhooks of the tests lead: nobody listens there.
    PARVIS_OUTBOUND_ALLOW: '127.0.0.1',
    ...extra,
  });
  const gateway = await startGateway({
    port: 0,
    bindAddress: '127.0.0.1',
    logLevel: 'silent',
    services: Object.fromEntries(services.map(({ name }) => [name, house.urlOf(name)])),
    portalUrl: 'http://127.0.0.1:1',
    livekitUrl: undefined,
    proxiesBefore: 0,
  });
  return {
    house,
    gateway,
    identity,
    person: (wanted = {}) => house.person(wanted, () => gateway.url),
    stop: async () => {
      await gateway.close();
      await house.stop();
      await identity.close();
    },
  };
}

/** One thing of every kind, in one space, with their ids by kind. */
export interface Things {
  readonly space: string;
  readonly channel: string;
  readonly document: string;
  readonly folder: string;
  readonly file: string;
  readonly meeting: string;
  readonly person: string;
  readonly group: string;
  /** Of the owner. */
  readonly bot: string;
}

/** Fills a space of `owner` with one thing of every kind; `administrator` makes the group. */
export async function thingsOf(
  whole: WholeHouse,
  owner: Visitor,
  administrator: Visitor,
  members: Visitor[] = [],
): Promise<Things> {
  const { uid: space } = await whole.house.space({ owner, members });
  const parentId = space;
  const channel = await owner.call(createChannel, { spaceId: space, name: 'Salle' });
  await owner.call(postMessage, { id: channel.id, clientId: randomUUID(), body: 'secret' });
  const document = await owner.call(createDocument, { parentId, title: 'Note' });
  const folder = await owner.call(createFolder, { parentId, name: 'Dossier' });
  const file = await upload(owner, { parentId, name: 'a.txt', type: 'text/plain' }, Buffer.from('secret'));
  const meeting = await owner.call(scheduleMeeting, {
    spaceId: space,
    title: 'Point',
    starts: `${new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)}T09:00`,
    minutes: 30,
    timeZone: 'Europe/Paris',
  });
  const group = await administrator.call(createGroup, { name: `Groupe ${randomUUID()}` });
  // One for all of an owner's spaces: the number of a person's bots has a limit.
  const bot = (await owner.call(listBots, {})).bots[0] ?? (await owner.call(createBot, { name: 'Veilleur' }));
  return {
    space,
    channel: channel.id,
    document: document.id,
    folder: folder.id,
    file,
    meeting: meeting.meetingId,
    person: owner.person.uid,
    group: group.id,
    bot: bot.id,
  };
}
