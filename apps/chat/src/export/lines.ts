import type { Db } from '@parvis/access/db';
import { emojiName, fileName, nameOf } from './names.ts';
import {
  answersTo,
  channelsOf,
  type Original,
  peopleOf,
  roots,
  type Scope,
  type SourceChannel,
  type SourceMessage,
  type SourcePerson,
} from './sources.ts';

/** People of a direct channel as Mattermost takes it; larger conversations become private channels. */
const directMembersMax = 8;
/** Characters of one message there; the whole text stays in our own properties. */
const textLengthMax = 16_000;
/** The team of what is in no space. */
const noTeam = { name: 'conversations', title: 'Parvis' };
/** Who wrote and was erased since. */
const erased = 'erased.user';

const mention = /@\[([^\]]*)\]\((person|group)\/([0-9a-f-]{36})\)/g;

/** Where a file lies in the archive, below `data/`. */
export function pathOf(file: { id: string; name: string }): string {
  return `files/${file.id}/${fileName(file.name)}`;
}

/**
 * The lines of Mattermost's bulk format: version, teams, channels, people, posts with their answers, then direct
 * channels and their posts. What that format has no word for (former texts, deletion, the position in our log) stands
 * in `props.parvis` of each post.
 */
export class Lines {
  readonly #db: Db;
  readonly #scope: Scope;
  /** Files that are in the archive, by id. */
  readonly #files: ReadonlySet<string>;
  readonly #usernames = new Map<number, string>();
  readonly #usernamesByUid = new Map<string, string>();

  constructor(db: Db, scope: Scope, files: ReadonlySet<string>) {
    this.#db = db;
    this.#scope = scope;
    this.#files = files;
  }

  async *write(): AsyncGenerator<Buffer> {
    const [channels, people] = await Promise.all([
      channelsOf(this.#db, this.#scope),
      peopleOf(this.#db, this.#scope),
    ]);
    for (const { id, uid, name } of people) {
      this.#usernames.set(id, nameOf('user', name, uid));
      this.#usernamesByUid.set(uid, nameOf('user', name, uid));
    }
    const direct = channels.filter(isDirect);
    const inTeams = channels.filter((channel) => !isDirect(channel));
    yield line({
      type: 'version',
      version: 1,
      info: { generator: 'parvis', version: '1', created: new Date().toISOString() },
    });
    const teams = new Map(inTeams.map((channel) => [teamOf(channel), channel.spaceTitle ?? noTeam.title]));
    for (const [name, title] of teams)
      yield line({ type: 'team', team: { name, display_name: title, type: 'I', allow_open_invite: false } });
    for (const channel of inTeams) yield line({ type: 'channel', channel: this.#channel(channel) });
    for (const person of people) yield line({ type: 'user', user: this.#user(person, inTeams) });
    yield line({
      type: 'user',
      user: { username: erased, email: 'erased@parvis.invalid', roles: 'system_user' },
    });
    for (const channel of inTeams)
      yield* this.#posts(channel, 'post', {
        team: teamOf(channel),
        channel: nameOf('channel', channel.title, channel.uid),
      });
    for (const channel of direct)
      yield line({
        type: 'direct_channel',
        direct_channel: { members: this.#members(channel), header: channel.topic },
      });
    for (const channel of direct)
      yield* this.#posts(channel, 'direct_post', { channel_members: this.#members(channel) });
  }

  #channel(channel: SourceChannel) {
    const { title, uid, kind, topic, description } = channel;
    return {
      team: teamOf(channel),
      name: nameOf('channel', title, uid),
      display_name: title.slice(0, 64),
      type: kind === 'public' || kind === 'announcements' ? 'O' : 'P',
      header: topic,
      purpose: description.slice(0, 250),
    };
  }

  #user(person: SourcePerson, channels: readonly SourceChannel[]) {
    const mine = channels.filter((channel) => channel.people.includes(person.id));
    const teams = [...new Set(mine.map(teamOf))].map((name) => ({
      name,
      roles: 'team_user',
      channels: mine
        .filter((channel) => teamOf(channel) === name)
        .map(({ title, uid }) => ({ name: nameOf('channel', title, uid), roles: 'channel_user' })),
    }));
    return {
      username: this.#username(person.id),
      email: person.email,
      nickname: person.name.slice(0, 64),
      position: person.organisation ?? '',
      roles: 'system_user',
      locale: person.locale,
      ...(person.disabledAt ? { delete_at: person.disabledAt.getTime() } : {}),
      teams,
    };
  }

  #username(id: number): string {
    return this.#usernames.get(id) ?? erased;
  }

  #members({ people }: SourceChannel): string[] {
    return people.map((id) => this.#username(id));
  }

  async *#posts(
    channel: SourceChannel,
    type: 'post' | 'direct_post',
    where: Record<string, unknown>,
  ): AsyncGenerator<Buffer> {
    const { personId } = this.#scope;
    for await (const page of roots(this.#db, channel.id, personId)) {
      const answers = await answersTo(
        this.#db,
        channel.id,
        personId,
        page.map(({ seq }) => seq),
      );
      const byRoot = Map.groupBy(answers, ({ threadSeq }) => threadSeq);
      for (const message of page) {
        const replies = (byRoot.get(message.seq) ?? []).map((one) => this.#post(one));
        yield line({
          type,
          [type]: { ...where, ...this.#post(message), ...(replies.length > 0 ? { replies } : {}) },
        });
      }
    }
  }

  #post(message: SourceMessage): Record<string, unknown> {
    const originals = message.originals ?? [];
    // What was deleted and held is shown as it was last; without a hold there is nothing left to show.
    const text = message.deletedAt === null ? message.body : (originals.at(-1)?.body ?? '');
    const shown = this.#withNames(text);
    const files = message.files ?? [];
    const attachments = files.filter(({ id }) => this.#files.has(id)).map((file) => ({ path: pathOf(file) }));
    const missing = files.filter(({ id }) => !this.#files.has(id)).map(({ name }) => name);
    return {
      user: this.#username(message.senderId),
      message: shown.slice(0, textLengthMax),
      create_at: message.at.getTime(),
      ...(message.editedAt ? { edit_at: message.editedAt.getTime() } : {}),
      ...(message.pinned ? { is_pinned: true } : {}),
      props: {
        parvis: {
          seq: message.seq,
          ...(shown === text && text.length <= textLengthMax ? {} : { body: text }),
          ...(message.deletedAt ? { deleted_at: message.deletedAt.getTime() } : {}),
          ...(message.hiddenAt ? { hidden_at: message.hiddenAt.getTime() } : {}),
          ...(originals.length > 0 ? { originals: originals.map(presentOriginal) } : {}),
          ...(missing.length > 0 ? { missing_files: missing } : {}),
        },
      },
      ...(attachments.length > 0 ? { attachments } : {}),
      ...(message.reactions
        ? {
            reactions: message.reactions.map(({ personId, emoji, at }) => ({
              user: this.#username(personId),
              emoji_name: emojiName(emoji),
              create_at: Date.parse(at),
            })),
          }
        : {}),
    };
  }

  /** Mentions by the names that people have there. */
  #withNames(text: string): string {
    return text.replaceAll(mention, (_, name: string, kind: string, uid: string) =>
      kind === 'person' ? `@${this.#usernamesByUid.get(uid) ?? name}` : `@${name}`,
    );
  }
}

function presentOriginal({ body, until, why }: Original) {
  return { body, until: Date.parse(until), why };
}

function isDirect({ kind, people }: SourceChannel): boolean {
  return (kind === 'direct' || kind === 'group') && people.length >= 2 && people.length <= directMembersMax;
}

function teamOf({ spaceUid, spaceTitle }: SourceChannel): string {
  return spaceUid === null ? noTeam.name : nameOf('team', spaceTitle ?? '', spaceUid);
}

function line(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value)}\n`);
}
