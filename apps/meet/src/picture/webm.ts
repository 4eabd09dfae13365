/** One picture or one packet of sound in a WebM. */
export interface Block {
  readonly track: 'picture' | 'sound';
  /** Milliseconds from the beginning. */
  readonly ms: number;
  readonly key: boolean;
  readonly sizeBytes: number;
}
interface Cluster<B extends Block> {
  readonly ms: number;
  readonly blocks: readonly B[];
}
export interface WebmShape {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly durationMs: number;
  /** The head that an Opus decoder is given. */
  readonly opusHead: Buffer;
}

/** Milliseconds that one cluster spans at most: a block says its time within it in 16 bits. */
const clusterMsMax = 5_000;
const trackNrs = { picture: 1, sound: 2 } as const;
/** Bytes of a block before its data: its track, its time, its flags. */
const blockHeadBytes = 4;
/** Nanoseconds of sound that a decoder needs before it is right after a jump. */
const seekPreRollNs = 80_000_000;
const hertz = 48_000;

/** The size of an element, in eight bytes whatever it is. */
function sizeOf(bytes: number): Buffer {
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE(BigInt(bytes) | (1n << 56n));
  return size;
}

function head(id: number, bytes: number): Buffer {
  const hex = id.toString(16);
  return Buffer.concat([Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex'), sizeOf(bytes)]);
}

function element(id: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([head(id, body.length), body]);
}

function whole(id: number, value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return element(id, bytes);
}

function real(id: number, value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return element(id, bytes);
}

const word = (id: number, value: string) => element(id, Buffer.from(value));

const ebml = element(
  0x1a45dfa3,
  whole(0x4286, 1),
  whole(0x42f7, 1),
  whole(0x42f2, 4),
  whole(0x42f3, 8),
  word(0x4282, 'webm'),
  whole(0x4287, 4),
  whole(0x4285, 2),
);

function info({ durationMs }: WebmShape): Buffer {
  return element(
    0x1549a966,
    whole(0x2ad7b1, 1_000_000),
    real(0x4489, durationMs),
    word(0x4d80, 'Parvis'),
    word(0x5741, 'Parvis'),
  );
}

function tracks({ widthPx, heightPx, opusHead }: WebmShape): Buffer {
  const picture = element(
    0xae,
    whole(0xd7, trackNrs.picture),
    whole(0x73c5, trackNrs.picture),
    whole(0x83, 1),
    word(0x86, 'V_VP8'),
    element(0xe0, whole(0xb0, widthPx), whole(0xba, heightPx)),
  );
  const delayNs = Math.round((opusHead.readUInt16LE(10) / hertz) * 1e9);
  const sound = element(
    0xae,
    whole(0xd7, trackNrs.sound),
    whole(0x73c5, trackNrs.sound),
    whole(0x83, 2),
    word(0x86, 'A_OPUS'),
    whole(0x56aa, delayNs),
    whole(0x56bb, seekPreRollNs),
    element(0x63a2, opusHead),
    element(0xe1, real(0xb5, hertz), whole(0x9f, 1)),
  );
  return element(0x1654ae6b, picture, sound);
}

const blockBytes = ({ sizeBytes }: Block) => head(0xa3, 0).length + blockHeadBytes + sizeBytes;
const timeOf = ({ ms }: Pick<Block, 'ms'>) => whole(0xe7, ms);
const bodyBytes = (cluster: Cluster<Block>) =>
  cluster.blocks.reduce((sum, block) => sum + blockBytes(block), timeOf(cluster).length);
const clusterBytes = (cluster: Cluster<Block>) => {
  const body = bodyBytes(cluster);
  return head(0x1f43b675, body).length + body;
};

function clustersOf<B extends Block>(blocks: readonly B[]): Cluster<B>[] {
  const clusters: { ms: number; blocks: B[] }[] = [];
  for (const block of blocks) {
    const last = clusters.at(-1);
    // To a picture that stands alone one can jump.
    const fresh = block.track === 'picture' && block.key;
    if (last === undefined || fresh || block.ms - last.ms > clusterMsMax)
      clusters.push({ ms: block.ms, blocks: [block] });
    else last.blocks.push(block);
  }
  return clusters;
}

/** An index of the clusters that begin with a picture that stands alone, which lies before them. */
function cuesOf(clusters: readonly Cluster<Block>[], before: number): Buffer {
  const made = (start: number) => {
    let position = start;
    const points: Buffer[] = [];
    for (const cluster of clusters) {
      const [first] = cluster.blocks;
      if (first?.track === 'picture' && first.key)
        points.push(
          element(
            0xbb,
            whole(0xb3, cluster.ms),
            element(0xb7, whole(0xf7, trackNrs.picture), whole(0xf1, position)),
          ),
        );
      position += clusterBytes(cluster);
    }
    return element(0x1c53bb6b, ...points);
  };
  // Its own length does not depend on the positions in it.
  return made(before + made(0).length);
}

/** A WebM of VP8 and Opus that can be jumped in from its first byte on. */
export class Webm<B extends Block> {
  readonly sizeBytes: number;
  readonly #start: Buffer;
  readonly #clusters: readonly Cluster<B>[];

  /** @param blocks in the order of time */
  constructor(shape: WebmShape, blocks: readonly B[]) {
    this.#clusters = clustersOf(blocks);
    const before = Buffer.concat([info(shape), tracks(shape)]);
    const cues = cuesOf(this.#clusters, before.length);
    const clusters = this.#clusters.reduce((sum, one) => sum + clusterBytes(one), 0);
    const segment = head(0x18538067, before.length + cues.length + clusters);
    this.#start = Buffer.concat([ebml, segment, before, cues]);
    this.sizeBytes = this.#start.length + clusters;
  }

  /** @param data reads what is in a block */
  async *bytes(data: (block: B) => Promise<Buffer> | Buffer): AsyncGenerator<Buffer> {
    yield this.#start;
    for (const cluster of this.#clusters) {
      const parts = [head(0x1f43b675, bodyBytes(cluster)), timeOf(cluster)];
      for (const block of cluster.blocks) {
        const start = Buffer.alloc(blockHeadBytes);
        start.writeUInt8(0x80 | trackNrs[block.track], 0);
        start.writeInt16BE(block.ms - cluster.ms, 1);
        start.writeUInt8(block.key ? 0x80 : 0, 3);
        parts.push(head(0xa3, blockHeadBytes + block.sizeBytes), start, await data(block));
      }
      yield Buffer.concat(parts);
    }
  }
}
