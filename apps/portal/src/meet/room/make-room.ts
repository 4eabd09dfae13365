import type { MeetingEntry } from '@parvis/contract/meet';
import { ExternalE2EEKeyProvider, Room, type RoomOptions } from 'livekit-client';
import { cameraOf, type Choice, microphoneOf } from '../devices/choice.ts';
import type { Admission } from './stay.ts';

/** The address of the media server on the one origin. */
export function wayOf({ path, token }: Pick<MeetingEntry, 'path' | 'token'>): Admission {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  return { url: `${scheme}://${location.host}${path}`, token };
}

/**
 * A room that is not entered yet.
 * @param secret the key of an encrypted meeting, which no server is told; null for an ordinary one
 */
export async function makeRoom(choice: Choice, secret: string | null): Promise<Room> {
  const options: RoomOptions = {
    adaptiveStream: true,
    dynacast: true,
    stopLocalTrackOnUnpublish: true,
    videoCaptureDefaults: cameraOf(choice),
    audioCaptureDefaults: microphoneOf(choice),
    ...(choice.speakerId && { audioOutput: { deviceId: choice.speakerId } }),
  };
  if (secret === null) return new Room(options);
  const keyProvider = new ExternalE2EEKeyProvider();
  const worker = new Worker(new URL('livekit-client/e2ee-worker', import.meta.url), { type: 'module' });
  await keyProvider.setKey(secret);
  const room = new Room({ ...options, encryption: { keyProvider, worker } });
  await room.setE2EEEnabled(true);
  return room;
}
