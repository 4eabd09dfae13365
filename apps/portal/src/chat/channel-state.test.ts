import type { Entry, Message } from '@parvis/contract/chat-entry';
import { describe, expect, test } from 'vitest';
import { type ChannelPage, type ChannelState, continues, nextState } from './channel-state.ts';

const channelId = '0198b6f0-0000-7000-8000-0000000000c1';
const sender = {
  id: '0198b6f0-0000-7000-8000-000000000001',
  name: 'Amina',
  kind: 'member' as const,
  organisation: null,
};

const message = (seq: number, rest: Partial<Message> = {}): Message => ({
  channelId,
  seq,
  clientId: `0198b6f0-0000-7000-8000-${String(seq).padStart(12, '0')}`,
  sender,
  at: '2026-11-25T10:00:00.000Z',
  body: `message ${seq}`,
  threadSeq: null,
  inChannel: true,
  editedAt: null,
  deletedAt: null,
  hidden: false,
  pinnedBy: null,
  reactions: [],
  thread: null,
  mentions: [],
  files: [],
  quote: null,
  poll: null,
  previews: [],
  via: null,
  changedSeq: seq,
  ...rest,
});
const page = (from: number, to: number, rest: Partial<ChannelPage> = {}): ChannelPage => ({
  messages: Array.from({ length: to - from + 1 }, (_, index) => message(from + index)),
  notices: [],
  lastSeq: to,
  older: from > 1,
  newer: false,
  ...rest,
});
const shown = (of: ChannelPage): ChannelState => ({
  messages: of.messages,
  notices: of.notices,
  cursor: of.lastSeq,
  older: of.older,
  newer: of.newer,
  missed: 0,
  beside: new Map(),
  waiting: [],
  lastSeq: of.lastSeq,
  typing: [],
  gone: false,
});
const came = (seq: number, rest: Partial<Message> = {}): Entry => ({
  seq,
  at: '2026-11-25T10:00:00.000Z',
  by: sender,
  kind: 'message',
  message: message(seq, rest),
});
const edited = (seq: number, target: number): Entry => ({
  seq,
  at: '2026-11-25T10:00:00.000Z',
  by: sender,
  kind: 'change',
  why: 'edited',
  message: message(target, { body: `edited at ${seq}`, changedSeq: seq }),
});
const hear = (state: ChannelState, ...entries: Entry[]) =>
  nextState(state, {
    t: 'heard',
    hearing: { t: 'entries', channelId, entries, lastSeq: entries.at(-1)?.seq ?? 0, nr: 0 },
    channelId,
    now: 0,
  });
const seqs = (state: ChannelState) => state.messages.map(({ seq }) => seq);
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('what is shown of a channel', () => {
  test('grows at its end, and a change replaces its message, however often and late it comes', () => {
    let state = hear(shown(page(1, 3)), came(4), edited(5, 2));
    expect(seqs(state)).toEqual([1, 2, 3, 4]);
    expect(state.messages[1]?.body).toBe('edited at 5');
    state = hear(state, edited(5, 2));
    state = nextState(state, { t: 'changed', message: message(2) });
    expect(state.messages[1]?.body).toBe('edited at 5');
    expect(continues(state, [came(6)])).toBe(true);
    expect(continues(state, [came(7)])).toBe(false);
  });

  test('an answer that only its thread shows is not a row', () => {
    const state = hear(shown(page(1, 3)), came(4, { threadSeq: 2, inChannel: false }));
    expect(seqs(state)).toEqual([1, 2, 3]);
    expect(state.cursor).toBe(4);
  });

  test('a part further up stays where it is while others write, and counts them', () => {
    let state = nextState(shown(page(951, 1_000)), {
      t: 'around',
      page: page(400, 450, { lastSeq: 1_000, newer: true }),
    });
    state = hear(state, came(1_001), came(1_002), edited(1_003, 420));
    expect(seqs(state)).toEqual(range(400, 450));
    expect(state.missed).toBe(2);
    expect(state.messages.find(({ seq }) => seq === 420)?.body).toBe('edited at 1003');
    state = nextState(state, { t: 'newest', page: page(953, 1_002) });
    expect(seqs(state)).toEqual(range(953, 1_002));
    expect(state.missed).toBe(0);
  });

  test('a page that was read before the last entries arrived goes on with them', () => {
    let state = nextState(shown(page(951, 1_000)), {
      t: 'around',
      page: page(400, 450, { lastSeq: 1_000, newer: true }),
    });
    state = hear(state, came(1_001), edited(1_002, 990));
    state = nextState(state, { t: 'newest', page: page(951, 1_000) });
    expect(seqs(state)).toEqual(range(951, 1_001));
    expect(state.messages.find(({ seq }) => seq === 990)?.body).toBe('edited at 1002');
    expect(state.cursor).toBe(1_002);
  });

  test('however far one leafs, what is drawn stays bounded and without a hole', () => {
    let state = shown(page(9_951, 10_000));
    for (let before = 9_951; before > 9_000; before -= 50) {
      state = nextState(state, {
        t: 'older',
        page: page(before - 50, before - 1, { lastSeq: 10_000, newer: true }),
      });
      expect(state.messages.length).toBeLessThanOrEqual(240);
      expect(seqs(state)).toEqual(range(before - 50, before - 50 + state.messages.length - 1));
    }
    expect(state.newer).toBe(true);
    state = hear(state, came(10_001));
    expect(state.missed).toBe(1);
    while (state.newer) {
      const last = state.messages.at(-1)?.seq ?? 0;
      const to = Math.min(last + 50, 10_001);
      state = nextState(state, {
        t: 'newer',
        page: page(last + 1, to, { lastSeq: 10_001, newer: to < 10_001 }),
      });
      expect(state.messages.length).toBeLessThanOrEqual(240);
    }
    expect(seqs(state)).toEqual(range(10_001 - 239, 10_001));
    expect(state.older).toBe(true);
    expect(state.missed).toBe(0);
  });
});

describe('the end of a channel that was kept in the browser', () => {
  test('is shown where the page is older, and followed on from there', () => {
    const state = nextState(shown(page(1, 5)), { t: 'kept', page: page(1, 9) });
    expect(state.messages.at(-1)?.seq).toBe(9);
    expect(state.cursor).toBe(9);
  });

  test('never takes the place of what is newer, and what waits goes on waiting', () => {
    const waiting = {
      clientId: '0198b6f0-0000-7000-8000-0000000000aa',
      channelId,
      personId: sender.id,
      body: 'hors ligne',
      writtenAt: 1,
    };
    const newest = nextState(shown(page(1, 9)), { t: 'wrote', outgoing: waiting });
    expect(nextState(newest, { t: 'kept', page: page(1, 5) })).toBe(newest);
    expect(nextState(newest, { t: 'kept', page: page(1, 12) }).waiting).toEqual([waiting]);
  });
});
