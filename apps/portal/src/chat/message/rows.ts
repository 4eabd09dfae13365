import type { Message, Notice } from '@parvis/contract/chat-entry';

/** Milliseconds within which messages of one person stand together under one name. */
const togetherMs = 5 * 60_000;

/** What stands in a list of messages, from top to bottom. */
export type Row =
  | { readonly kind: 'day'; readonly key: string; readonly at: string }
  | { readonly kind: 'new'; readonly key: string }
  /** Below what a thread answers: how many answers. */
  | { readonly kind: 'answers'; readonly key: string; readonly count: number }
  | { readonly kind: 'notice'; readonly key: string; readonly notice: Notice }
  | {
      readonly kind: 'message';
      readonly key: string;
      readonly message: Message;
      /** The same person said the one before, just now: no name and no face. */
      readonly together: boolean;
    };

interface Given {
  readonly messages: readonly Message[];
  readonly notices?: readonly Notice[];
  /** The position up to which this person had read when the page was opened; 0 draws no line. */
  readonly readBefore: number;
  readonly me: string;
  /** What the others answer, in the list of a thread. */
  readonly root?: number;
  /** The day of a moment in the zone of the reader. */
  readonly dayOf: (at: string) => string;
}

type Entry = { readonly seq: number; readonly at: string } & (
  | { readonly message: Message }
  | { readonly notice: Notice }
);

/** Puts days, the line of what is new and what happened between the messages. */
export function rowsOf({ messages, notices = [], readBefore, me, dayOf, root }: Given): Row[] {
  const entries: Entry[] = [
    ...messages.map((message) => ({ seq: message.seq, at: message.at, message })),
    ...notices.map((notice) => ({ seq: notice.seq, at: notice.at, notice })),
  ].sort((one, other) => one.seq - other.seq);
  const rows: Row[] = [];
  let before: Message | null = null;
  let day = '';
  let newLine = readBefore > 0 && (messages[0]?.seq ?? 0) <= readBefore;
  for (const entry of entries) {
    const today = dayOf(entry.at);
    if (today !== day) {
      rows.push({ kind: 'day', key: `day-${entry.seq}`, at: entry.at });
      before = null;
    }
    day = today;
    if ('notice' in entry) {
      rows.push({ kind: 'notice', key: `notice-${entry.seq}`, notice: entry.notice });
      before = null;
      continue;
    }
    const { message } = entry;
    // Words of one's own are never new, and whoever writes has read what stands before.
    if (newLine && message.seq > readBefore) {
      newLine = false;
      if (message.sender.id !== me) {
        rows.push({ kind: 'new', key: 'new' });
        before = null;
      }
    }
    rows.push({ kind: 'message', key: String(message.seq), message, together: goesWith(before, message) });
    before = message;
    if (message.seq === root) {
      const count = message.thread?.replies ?? 0;
      if (count > 0) rows.push({ kind: 'answers', key: 'answers', count });
      before = null;
    }
  }
  return rows;
}

function goesWith(before: Message | null, message: Message): boolean {
  return (
    before !== null &&
    before.sender.id === message.sender.id &&
    before.via?.name === message.via?.name &&
    message.quote === null &&
    before.deletedAt === null &&
    Date.parse(message.at) - Date.parse(before.at) < togetherMs
  );
}
