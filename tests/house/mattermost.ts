import yauzl from 'yauzl';
import { z } from 'zod';

/**
 * A reader of Mattermost's bulk format, written from its public description and from nothing of ours: what it refuses,
 * the bulk loader of another system would refuse too.
 */
const Name = z.string().regex(/^[a-z0-9][a-z0-9_-]{1,63}$/);
const Username = z.string().regex(/^[a-z][a-z0-9._-]{1,62}$/);
const Moment = z.int().positive();
const Attachment = z.object({ path: z.string().min(1) });
const Reaction = z.object({
  user: Username,
  emoji_name: z.string().regex(/^[a-zA-Z0-9\-+_]+$/),
  create_at: Moment,
});
const reply = {
  user: Username,
  message: z.string().max(16_383),
  create_at: Moment,
  edit_at: Moment.optional(),
  is_pinned: z.boolean().optional(),
  props: z.object({ parvis: z.record(z.string(), z.unknown()) }),
  reactions: z.array(Reaction).optional(),
  attachments: z.array(Attachment).optional(),
};
const Reply = z.strictObject(reply);
const post = { ...reply, replies: z.array(Reply).optional() };
const Line = z.discriminatedUnion('type', [
  z.object({ type: z.literal('version'), version: z.literal(1) }),
  z.strictObject({
    type: z.literal('team'),
    team: z.object({
      name: Name,
      display_name: z.string().min(1),
      type: z.enum(['O', 'I']),
      allow_open_invite: z.boolean().optional(),
    }),
  }),
  z.strictObject({
    type: z.literal('channel'),
    channel: z.object({
      team: Name,
      name: Name,
      display_name: z.string().min(1).max(64),
      type: z.enum(['O', 'P']),
      header: z.string().max(1_024),
      purpose: z.string().max(250),
    }),
  }),
  z.strictObject({
    type: z.literal('user'),
    user: z.object({
      username: Username,
      email: z.email(),
      roles: z.enum(['system_user', 'system_admin system_user']),
      teams: z
        .array(
          z.object({
            name: Name,
            roles: z.string(),
            channels: z.array(z.object({ name: Name, roles: z.string() })),
          }),
        )
        .optional(),
    }),
  }),
  z.strictObject({ type: z.literal('post'), post: z.strictObject({ team: Name, channel: Name, ...post }) }),
  z.strictObject({
    type: z.literal('direct_channel'),
    direct_channel: z.object({ members: z.array(Username).min(2).max(8), header: z.string() }),
  }),
  z.strictObject({
    type: z.literal('direct_post'),
    direct_post: z.strictObject({ channel_members: z.array(Username).min(2).max(8), ...post }),
  }),
]);
type Line = z.infer<typeof Line>;
export type Post = z.infer<typeof Reply> & { replies?: z.infer<typeof Reply>[] | undefined };

/** Objects must come in this order. */
const order = ['version', 'team', 'channel', 'user', 'post', 'direct_channel', 'direct_post'];

/** What another system holds after it has read an archive. */
export interface Loaded {
  readonly teams: Map<string, string>;
  /** Posts by `team/channel`, by the name that people see of the channel, and of conversations by their sorted members. */
  readonly posts: Map<string, Post[]>;
  readonly channels: Map<string, { display: string; type: string; header: string }>;
  /** Bytes of attachments by their path. */
  readonly files: Map<string, Buffer>;
  readonly users: Map<string, { email: string; channels: string[] }>;
}

/** Reads a whole zip, by name. */
export function unzip(bytes: Buffer): Promise<Map<string, Buffer>> {
  return new Promise((resolve, reject) => {
    yauzl.fromBuffer(bytes, { lazyEntries: true, strictFileNames: true }, (error, archive) => {
      if (error) return reject(error);
      const found = new Map<string, Buffer>();
      archive.on('error', reject);
      archive.on('end', () => resolve(found));
      archive.on('entry', (entry: yauzl.Entry) =>
        archive.openReadStream(entry, (failed, stream) => {
          if (failed) return reject(failed);
          const chunks: Buffer[] = [];
          stream.on('data', (chunk: Buffer) => chunks.push(chunk));
          stream.on('error', reject);
          stream.on('end', () => {
            found.set(entry.fileName, Buffer.concat(chunks));
            archive.readEntry();
          });
        }),
      );
      archive.readEntry();
    });
  });
}

/** Loads an archive as the bulk loader does: each object checked, in order, naming only what came before it. */
export async function load(zip: Buffer): Promise<Loaded> {
  const parts = await unzip(zip);
  const jsonl = parts.get('import.jsonl');
  if (!jsonl) throw new Error('there is no import.jsonl');
  const lines = jsonl
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .map((line) => Line.parse(JSON.parse(line)));
  const files = new Map(
    [...parts].flatMap(([path, bytes]) => (path.startsWith('data/') ? [[path.slice(5), bytes]] : [])) as [
      string,
      Buffer,
    ][],
  );
  const loaded: Loaded = { teams: new Map(), posts: new Map(), channels: new Map(), files, users: new Map() };
  let at = 0;
  for (const [index, line] of lines.entries()) {
    const place = order.indexOf(line.type);
    if (place < at || (index === 0) !== (line.type === 'version'))
      throw new Error(`line ${index + 1}: ${line.type} is out of order`);
    at = place;
    take(loaded, line);
  }
  return loaded;
}

function take(loaded: Loaded, line: Line): void {
  switch (line.type) {
    case 'version':
      return;
    case 'team':
      loaded.teams.set(line.team.name, line.team.display_name);
      return;
    case 'channel': {
      known(loaded.teams, line.channel.team, 'team');
      const { team, name, display_name: display, type, header } = line.channel;
      loaded.channels.set(`${team}/${name}`, { display, type, header });
      loaded.posts.set(`${team}/${name}`, []);
      return;
    }
    case 'user': {
      const channels = (line.user.teams ?? []).flatMap((team) =>
        team.channels.map((one) => `${team.name}/${one.name}`),
      );
      for (const channel of channels) known(loaded.channels, channel, 'channel');
      loaded.users.set(line.user.username, { email: line.user.email, channels });
      return;
    }
    case 'direct_channel':
      for (const member of line.direct_channel.members) known(loaded.users, member, 'user');
      loaded.posts.set(line.direct_channel.members.toSorted().join(' '), []);
      return;
    case 'post':
      return put(loaded, `${line.post.team}/${line.post.channel}`, line.post);
    case 'direct_post':
      return put(loaded, line.direct_post.channel_members.toSorted().join(' '), line.direct_post);
  }
}

function put(loaded: Loaded, where: string, post: Post): void {
  known(loaded.posts, where, 'channel');
  for (const one of [post, ...(post.replies ?? [])]) {
    known(loaded.users, one.user, 'user');
    for (const { user } of one.reactions ?? []) known(loaded.users, user, 'user');
    for (const { path } of one.attachments ?? []) known(loaded.files, path, 'file');
  }
  loaded.posts.get(where)?.push(post);
}

function known(things: ReadonlyMap<string, unknown>, name: string, what: string): void {
  if (!things.has(name)) throw new Error(`no ${what} ${name} came before it is named`);
}
