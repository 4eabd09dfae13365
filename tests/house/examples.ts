import { randomUUID } from 'node:crypto';
import type { Things } from './whole-house.ts';

const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString();

/** What people would send, by the name of the field: places and people first. */
function firstExamples(things: Things): Record<string, unknown> {
  return {
    spaceId: things.space,
    parentId: things.folder,
    personId: things.person,
    memberId: things.person,
    personIds: [things.person],
    linkId: randomUUID(),
    requestId: randomUUID(),
    reportId: randomUUID(),
    holdId: randomUUID(),
    exportId: randomUUID(),
    heldChannelId: things.channel,
    heldChannelIds: [things.channel],
    retentionDays: null,
    managersChoose: true,
    named: 'Salle',
    reason: 'spam',
    decision: 'dismiss',
    resourceId: things.document,
    secret: randomUUID(),
    note: 'Pour relire',
    address: randomUUID(),
    subjectId: things.person,
    subjectKind: 'person',
    name: `Nom ${randomUUID()}`,
    title: 'Titre',
    topic: 'Un sujet',
    description: 'Une ligne',
    organisation: 'Préfecture',
    email: `${randomUUID()}@test.example`,
    endsAt: new Date(Date.now() + 86_400_000).toISOString(),
    expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
    role: 'reader',
    reach: 'members',
    body: 'Bonjour',
    clientId: randomUUID(),
    versionId: randomUUID(),
    tokenId: randomUUID(),
    emojiId: randomUUID(),
    picture: 'AAAA',
    shortcode: 'merci',
    hookId: randomUUID(),
    url: 'http://127.0.0.1:9/told',
    deliveryId: randomUUID(),
  };
}

/** The rest of them. */
function moreExamples(things: Things): Record<string, unknown> {
  return {
    commandId: randomUUID(),
    word: `mot-${randomUUID().slice(0, 8)}`,
    args: 'Lyon',
    hint: '[ville]',
    events: ['message'],
    scopes: ['chat:read'],
    format: 'md',
    q: 'a',
    threadId: randomUUID(),
    commentId: randomUUID(),
    start: 'AAAA',
    end: 'AAAA',
    emoji: '👍',
    on: true,
    resolved: true,
    rev: 0,
    seq: 1,
    upTo: 1,
    at: new Date().toISOString(),
    sendAt: new Date(Date.now() + 86_400_000).toISOString(),
    scheduledId: randomUUID(),
    options: ['0'],
    list: 'recent',
    documentId: things.document,
    blockId: 'initialBlockId',
    checked: true,
    locale: 'fr',
    templateId: 'brief',
    scope: 'own',
    from: 0,
    to: 1,
    as: 'read',
    level: 'mentions',
    endpoint: 'https://93.184.215.14/push',
    p256dh: 'A'.repeat(87),
    auth: 'A'.repeat(22),
    status: null,
    occurrenceId: randomUUID(),
    starts: `${tomorrow().slice(0, 10)}T09:30`,
    minutes: 30,
    timeZone: 'Europe/Paris',
    which: 'this',
    answer: 'yes',
    since: new Date().toISOString(),
    until: tomorrow(),
  };
}

/** What a person with good intentions would send in each field, made anew each time. */
export function examplesOf(things: Things): Record<string, unknown> {
  return { ...firstExamples(things), ...moreExamples(things) };
}
