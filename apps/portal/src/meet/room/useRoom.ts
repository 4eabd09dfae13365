'use client';
import { ConnectionState, type Participant, type Room, RoomEvent } from 'livekit-client';
import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import type { Choice } from '../devices/choice.ts';
import type { Left } from '../left.ts';
import { type Admission, type Opened, Stay } from './stay.ts';

/** Whatever changes what is seen; each makes the stage look again. */
const visible = [
  RoomEvent.ParticipantConnected,
  RoomEvent.ParticipantDisconnected,
  RoomEvent.ParticipantAttributesChanged,
  RoomEvent.ParticipantNameChanged,
  RoomEvent.ParticipantPermissionsChanged,
  RoomEvent.TrackSubscribed,
  RoomEvent.TrackUnsubscribed,
  RoomEvent.TrackPublished,
  RoomEvent.TrackUnpublished,
  RoomEvent.TrackMuted,
  RoomEvent.TrackUnmuted,
  RoomEvent.LocalTrackPublished,
  RoomEvent.LocalTrackUnpublished,
  RoomEvent.ActiveSpeakersChanged,
  RoomEvent.ConnectionQualityChanged,
  RoomEvent.ConnectionStateChanged,
  RoomEvent.RoomMetadataChanged,
  RoomEvent.AudioPlaybackStatusChanged,
  RoomEvent.ParticipantEncryptionStatusChanged,
] as const;

/** Milliseconds in which changes are taken together: many people speaking draw the stage no more often than this. */
const togetherMs = 60;
interface Asked {
  room: Room;
  entered: Promise<void>;
  choice: Choice;
  opened: Opened;
  again: () => Promise<Admission>;
  onLeft: (why: Left) => void;
}

/** Is in a room of LiveKit for as long as the stage is shown; draws the stage anew when something of it changed. */
export function useRoom({ room, entered, choice, opened, again, onLeft }: Asked) {
  const [, look] = useReducer((count: number) => count + 1, 0);
  const [joined, setJoined] = useState(() => room.state === ConnectionState.Connected);
  const [deviceRefused, setDeviceRefused] = useState(false);
  const stay = useRef<Stay | null>(null);
  const calls = useRef({ again, onLeft });
  calls.current = { again, onLeft };
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        look();
      }, togetherMs);
    };
    for (const event of visible) room.on(event, soon);
    const made = new Stay(room, choice, {
      again: () => calls.current.again(),
      onLeft: (why) => calls.current.onLeft(why),
      onJoined: () => setJoined(true),
      onNoDevice: () => setDeviceRefused(true),
    });
    stay.current = made;
    made.start(entered, opened);
    return () => {
      clearTimeout(timer);
      made.stop();
    };
    // oxlint-disable-next-line react/exhaustive-deps -- one stay per way in; the choice is how it began
  }, [room, entered]);
  const move = useCallback(async (way: () => Promise<Admission>) => stay.current?.move(way), []);
  const people: readonly Participant[] = [room.localParticipant, ...room.remoteParticipants.values()];
  return { people, joined, deviceRefused, move };
}
