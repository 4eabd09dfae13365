/**
 * Carries short notices between processes of one service: ids and positions, never content.
 * Delivery may fail; whoever listens reads the truth from the database and notices gaps by sequence.
 */
export abstract class Fanout {
  /** Publishes to every process, this one included. `notice` is at most {@link noticeBytesMax} bytes of JSON. */
  abstract publish(topic: string, notice: unknown): Promise<void>;
  /** Calls `hear` for every notice on the topic; returns the way to stop. After a lost connection `hear` gets `null`. */
  abstract subscribe(topic: string, hear: (notice: unknown) => void): Promise<() => Promise<void>>;
  abstract close(): Promise<void>;
}

/** PostgreSQL refuses NOTIFY payloads of 8,000 bytes and more. */
export const noticeBytesMax = 7_900;

/** A notice as JSON. @throws RangeError when it is not JSON, or larger than {@link noticeBytesMax}. */
export function noticeTextOf(notice: unknown): string {
  const text = JSON.stringify(notice) as string | undefined;
  if (text === undefined) throw new RangeError('a notice must be JSON');
  const bytes = Buffer.byteLength(text);
  if (bytes > noticeBytesMax) throw new RangeError(`a notice of ${bytes} bytes; ${noticeBytesMax} at most`);
  return text;
}

export interface FanoutOptions {
  readonly databaseUrl: string;
  readonly redisUrl: string | undefined;
  readonly onError: (error: unknown) => void;
}

/** Redis where a URL is set, PostgreSQL's NOTIFY otherwise. */
export async function openFanout(options: FanoutOptions): Promise<Fanout> {
  if (options.redisUrl) {
    const { RedisFanout } = await import('./fanout-redis.ts');
    return RedisFanout.open(options.redisUrl, options.onError);
  }
  const { PostgresFanout } = await import('./fanout-postgres.ts');
  return PostgresFanout.open(options.databaseUrl, options.onError);
}
