import { open } from 'node:fs/promises';
import { pictureFrameMs, pictureMissingMsMin, pictureShorterMsMax } from '@parvis/contract/limits';
import type { RecordedTrack } from '@parvis/contract/meet-record';
import { frameMs, packetsOf, silentPacket } from '../scribe/ogg-opus.ts';
import { type Frame, framesOf } from './frames.ts';
import { pictureHeightPx, pictureWidthPx } from './size.ts';
import { type Block, Webm } from './webm.ts';

/** Milliseconds in which a page may come up before it is told that the beginning has no picture. */
const beginningMsMax = 10_000;

interface SoundBlock extends Block {
  readonly track: 'sound';
  readonly packet: Buffer;
}
interface PictureBlock extends Block {
  readonly track: 'picture';
  readonly frame: Frame;
}

/** A film that is ready to be written, and what is to be said of it. */
export interface Made {
  readonly durationMs: number;
  readonly sizeBytes: number;
  readonly picture: NonNullable<RecordedTrack['picture']>;
  /** What is wrong with its lengths; null when they agree, and for one that was cut off, whose end nobody knows. */
  readonly code: 'picture-shorter' | 'voices-shorter' | null;
  bytes(): AsyncGenerator<Buffer>;
}

/** Stretches in which nothing was drawn while the voices went on: from `startedAt` on, between these moments (Unix ms). */
function gapsIn(drawn: readonly number[], startedAt: number) {
  const gaps: { from: string; to: string }[] = [];
  let before = startedAt;
  for (const at of drawn) {
    const max = before === startedAt ? beginningMsMax : pictureMissingMsMin;
    if (at - before > max)
      gaps.push({ from: new Date(before).toISOString(), to: new Date(at).toISOString() });
    before = at;
  }
  return gaps;
}

function blocksOf(frames: readonly Frame[], packets: readonly Buffer[], startedAt: number) {
  const sound = packets.map(
    (packet, nr): SoundBlock => ({
      track: 'sound',
      ms: nr * frameMs,
      key: true,
      sizeBytes: packet.length,
      packet,
    }),
  );
  const pictures = frames.map(
    (frame): PictureBlock => ({
      track: 'picture',
      ms: Math.round(frame.at - startedAt),
      key: frame.key,
      sizeBytes: frame.sizeBytes,
      frame,
    }),
  );
  // A picture comes before the sound of its time, so that a cluster can begin with it.
  const rank = { picture: 0, sound: 1 };
  return [...pictures, ...sound].sort((a, b) => a.ms - b.ms || rank[a.track] - rank[b.track]);
}

/**
 * Makes one film of the pictures in a file and of the voices of the same time (Ogg Opus), both from `startedAt` (Unix
 * ms) on. Of one that was cut off the longer part is kept, and the voices are silent to its end.
 * @returns null when there is no picture
 */
export async function filmOf(file: string, voices: Buffer, startedAt: number): Promise<Made | null> {
  const found = await framesOf(file);
  const frames = found.frames.filter(({ at }) => at >= startedAt);
  const last = frames.at(-1);
  const { head, packets } = packetsOf(voices);
  if (last === undefined || head.length === 0) return null;
  const voicesMs = packets.length * frameMs;
  const pictureMs = Math.round(Math.max(last.at + pictureFrameMs, found.endedAt ?? 0) - startedAt);
  const durationMs = Math.max(voicesMs, pictureMs);
  const difference = pictureMs - voicesMs;
  const silence = Math.max(0, Math.floor(difference / frameMs));
  const blocks = blocksOf(
    frames,
    [...packets, ...Array.from({ length: silence }, () => silentPacket)],
    startedAt,
  );
  const shape = { widthPx: pictureWidthPx, heightPx: pictureHeightPx, durationMs, opusHead: head };
  const film = new Webm(shape, blocks);
  const seconds = Math.max(1, (last.at - (frames[0]?.at ?? last.at)) / 1_000);
  const shorter = difference < 0 ? 'picture-shorter' : 'voices-shorter';
  return {
    durationMs,
    sizeBytes: film.sizeBytes,
    picture: {
      voicesMs,
      pictureMs,
      framesPerSecond: Math.round((frames.length / seconds) * 10) / 10,
      gaps: gapsIn(
        [
          ...frames.map((frame) => frame.at),
          startedAt + pictureMs,
          startedAt + (found.endedAt === null ? pictureMs : durationMs),
        ],
        startedAt,
      ),
    },
    code: found.endedAt !== null && Math.abs(difference) > pictureShorterMsMax ? shorter : null,
    async *bytes() {
      const pictures = await open(file, 'r');
      try {
        yield* film.bytes(async (block) => {
          if (block.track === 'sound') return block.packet;
          const bytes = Buffer.alloc(block.sizeBytes);
          await pictures.read(bytes, 0, block.sizeBytes, block.frame.offset);
          return bytes;
        });
      } finally {
        await pictures.close();
      }
    },
  };
}
