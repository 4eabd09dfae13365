import { type FileHandle, mkdir, open, readdir, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { frameMs, frameSamples, OggOpus } from './ogg-opus.ts';

/** Milliseconds by which writing stays behind the clock, so that sound that comes late still finds its place. */
const behindMs = 1_500;
/** Milliseconds for which it waits longer for a voice whose sound is late, as it is on a busy machine. */
const waitsMsMax = 5_000;
/** Milliseconds after which what was written is on the disk. */
const syncMs = 1_000;

/** Somebody whose voice is recorded. */
export interface Speaker {
  readonly identity: string;
  readonly who: string;
  readonly name: string;
}

/** What stands beside the sound of a track in the spool. */
export interface TrackNote {
  /** Null for the mix of all. */
  readonly who: string | null;
  readonly name: string;
  /** Unix ms. */
  readonly startedAt: number;
  /** Its pictures, and not sound, stand beside it. */
  readonly picture?: boolean;
}

interface Track {
  readonly n: number;
  readonly note: TrackNote;
  readonly opus: OggOpus;
  readonly frames: Map<number, Int16Array>;
  /** The frames of the recording between which it is, and up to which its sound has come. */
  readonly from: number;
  to: number;
  reached: number;
  /** Null until something of it is written. */
  file: FileHandle | null;
}

/**
 * Writes what is said to files of a folder, one per voice and one of all together, by the clock: a second of a file
 * is a second of the meeting. Every page that is on the disk can be heard, whatever happens next.
 */
export class Recorder {
  readonly startedAt = Date.now();
  readonly #folder: string;
  readonly #reserveBytes: number;
  readonly #onFull: () => void;
  readonly #tracks = new Map<string, Track>();
  /** Of those who are gone: their last sound is not written yet. */
  readonly #ending = new Set<Track>();
  #mix: Track | null = null;
  #next = 0;
  #n = 0;
  #syncedAt = 0;
  #writing: Promise<void> = Promise.resolve();
  #closed = false;

  private constructor(folder: string, reserveBytes: number, onFull: () => void) {
    this.#folder = folder;
    this.#reserveBytes = reserveBytes;
    this.#onFull = onFull;
  }

  /** @param onFull called once when the disk takes no more */
  static async open(folder: string, reserveBytes: number, onFull: () => void): Promise<Recorder> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const recorder = new Recorder(folder, reserveBytes, onFull);
    const there = (await readdir(folder)).map((name) => Number.parseInt(name, 10)).filter(Number.isInteger);
    recorder.#n = Math.max(-1, ...there) + 1;
    recorder.#mix = recorder.#track({ who: null, name: '' }, 0);
    await recorder.#openFile(recorder.#mix);
    return recorder;
  }

  /** The file in which the pictures of the same time are kept. */
  async pictures(): Promise<string> {
    const n = this.#n++;
    const note: TrackNote = { who: null, name: '', startedAt: this.startedAt, picture: true };
    await writeFile(join(this.#folder, `${n}.json`), JSON.stringify(note), { mode: 0o600 });
    return join(this.#folder, `${n}.frames`);
  }

  /** When all that came is on the disk up to (Unix ms). */
  get writtenUntil(): number {
    return Math.min(this.startedAt + this.#next * frameMs, this.#syncedAt || this.startedAt);
  }

  /** One frame of a voice that began at `at` (Unix ms). */
  put(speaker: Speaker, frame: Int16Array, at: number): void {
    if (this.#closed) return;
    const index = Math.round((at - this.startedAt) / frameMs);
    if (index < this.#next) return;
    let track = this.#tracks.get(speaker.identity);
    if (!track) {
      track = this.#track(speaker, index);
      this.#tracks.set(speaker.identity, track);
    }
    track.frames.set(index, frame);
    track.reached = Math.max(track.reached, index + 1);
  }

  /** Somebody is gone or wants to be recorded no longer: their file ends there. */
  leave(identity: string): void {
    const track = this.#tracks.get(identity);
    if (!track) return;
    this.#tracks.delete(identity);
    track.to = this.#frameOf(Date.now());
    this.#ending.add(track);
  }

  #frameOf(at: number): number {
    return Math.floor((at - this.startedAt) / frameMs);
  }

  #track({ who, name }: Pick<TrackNote, 'who' | 'name'>, from: number): Track {
    return {
      n: this.#n++,
      note: { who, name, startedAt: this.startedAt + from * frameMs },
      opus: new OggOpus(),
      frames: new Map(),
      from,
      to: Number.POSITIVE_INFINITY,
      reached: from,
      file: null,
    };
  }

  async #openFile(track: Track): Promise<FileHandle> {
    const at = join(this.#folder, String(track.n));
    await writeFile(`${at}.json`, JSON.stringify(track.note), { mode: 0o600 });
    const file = await open(`${at}.ogg`, 'a', 0o600);
    track.file = file;
    await file.write(track.opus.head());
    return file;
  }

  /** The frame before which all is to be written: sound that is late is waited for, but not for ever. */
  get #due(): number {
    const now = Date.now();
    const [due, latest] = [this.#frameOf(now - behindMs), this.#frameOf(now - waitsMsMax)];
    const late = [...this.#tracks.values()].map(({ reached }) => reached).filter((one) => one > latest);
    return Math.min(due, ...late);
  }

  /** Writes what is due; call it several times a second. */
  tick(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write(this.#due)).catch(() => this.#full());
    return this.#writing;
  }

  async #write(until: number): Promise<void> {
    if (this.#closed || this.#mix === null) return;
    const pages: [Track, Buffer][] = [];
    for (; this.#next < until; this.#next += 1) {
      const spoken: Int16Array[] = [];
      for (const track of [...this.#tracks.values(), ...this.#ending]) {
        if (track.from > this.#next || track.to <= this.#next) continue;
        const frame = track.frames.get(this.#next) ?? null;
        track.frames.delete(this.#next);
        if (frame) spoken.push(frame);
        const page = track.opus.put(frame);
        if (page) pages.push([track, page]);
      }
      const page = this.#mix.opus.put(mixed(spoken));
      if (page) pages.push([this.#mix, page]);
    }
    if (pages.length > 0) await this.#room();
    for (const [track, page] of pages) await (track.file ?? (await this.#openFile(track))).write(page);
    for (const track of this.#ending) {
      if (track.to > this.#next) continue;
      this.#ending.delete(track);
      await this.#end(track);
    }
    if (Date.now() - this.#syncedAt > syncMs && pages.length > 0) {
      await Promise.all([this.#mix, ...this.#tracks.values()].map(async ({ file }) => file?.datasync()));
      this.#syncedAt = this.startedAt + this.#next * frameMs;
    }
  }

  /** @throws Error when the disk has no more to give than it must keep free */
  async #room(): Promise<void> {
    const { bavail, bsize } = await statfs(this.#folder);
    if (bavail * bsize < this.#reserveBytes) throw new Error('disk full');
  }

  async #end(track: Track): Promise<void> {
    const page = track.opus.flush();
    try {
      const file = track.file ?? (await this.#openFile(track));
      if (page) await file.write(page);
      await file.datasync();
    } finally {
      await track.file?.close();
      track.opus.close();
    }
  }

  #full(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#onFull();
  }

  /**
   * Writes what came until then (Unix ms), and closes all files; what could not be written any more is lost, the rest
   * is whole.
   */
  async close(until = Date.now()): Promise<void> {
    // All tracks end at one moment, however long the writing takes.
    const end = this.#frameOf(until);
    this.#writing = this.#writing.then(() => this.#write(end)).catch(() => undefined);
    await this.#writing;
    this.#closed = true;
    const tracks = [...this.#tracks.values(), ...this.#ending, ...(this.#mix ? [this.#mix] : [])];
    this.#tracks.clear();
    this.#ending.clear();
    this.#mix = null;
    for (const track of tracks) await this.#end(track).catch(() => undefined);
  }
}

/** All voices in one frame; null when nobody speaks. */
function mixed(frames: readonly Int16Array[]): Int16Array | null {
  const [first] = frames;
  if (first === undefined) return null;
  if (frames.length === 1) return first;
  const sum = new Int16Array(frameSamples);
  for (let at = 0; at < frameSamples; at += 1) {
    let value = 0;
    for (const frame of frames) value += frame[at] ?? 0;
    sum[at] = Math.max(-32_768, Math.min(32_767, value));
  }
  return sum;
}
