'use client';
import { DisconnectReason, type Participant, Room, RoomEvent } from 'livekit-client';
import { useEffect, useReducer, useState } from 'react';
import type { Choice } from './Lobby.tsx';
import type { Left } from './MeetingView.tsx';

/** Whatever changes what is seen; each makes the stage look again. */
const visible = [
  RoomEvent.ParticipantConnected,
  RoomEvent.ParticipantDisconnected,
  RoomEvent.TrackSubscribed,
  RoomEvent.TrackUnsubscribed,
  RoomEvent.TrackMuted,
  RoomEvent.TrackUnmuted,
  RoomEvent.LocalTrackPublished,
  RoomEvent.LocalTrackUnpublished,
  RoomEvent.ActiveSpeakersChanged,
  RoomEvent.ConnectionQualityChanged,
  RoomEvent.Reconnecting,
  RoomEvent.Reconnected,
  RoomEvent.ParticipantPermissionsChanged,
] as const;

function whyOf(reason: DisconnectReason | undefined): Left {
  if (reason === DisconnectReason.PARTICIPANT_REMOVED) return 'removed';
  if (reason === DisconnectReason.ROOM_DELETED) return 'ended';
  if (reason === DisconnectReason.CLIENT_INITIATED) return 'left';
  return 'lost';
}

/** Joins a room of LiveKit for as long as the stage is shown. Devices that are refused do not keep the person out. */
export function useRoom(url: string, token: string, choice: Choice, onLeft: (why: Left) => void) {
  const [room] = useState(
    () => new Room({ adaptiveStream: true, dynacast: true, stopLocalTrackOnUnpublish: true }),
  );
  const [, look] = useReducer((count: number) => count + 1, 0);
  const [joined, setJoined] = useState(false);
  const [deviceRefused, setDeviceRefused] = useState(false);
  useEffect(() => {
    let stopped = false;
    for (const event of visible) room.on(event, look);
    room.on(RoomEvent.Disconnected, (reason) => !stopped && onLeft(whyOf(reason)));
    room
      .connect(url, token)
      .then(async () => {
        if (stopped) return;
        setJoined(true);
        const mine = room.localParticipant;
        await Promise.all([
          choice.camera ? mine.setCameraEnabled(true) : undefined,
          choice.microphone ? mine.setMicrophoneEnabled(true) : undefined,
        ]).catch(() => setDeviceRefused(true));
        await room.startAudio().catch(() => undefined);
      })
      .catch(() => !stopped && onLeft('lost'));
    return () => {
      stopped = true;
      room.removeAllListeners();
      void room.disconnect();
    };
    // oxlint-disable-next-line react/exhaustive-deps -- one join per token; the choice is how it began
  }, [room, url, token]);
  const people: readonly Participant[] = [room.localParticipant, ...room.remoteParticipants.values()];
  return { room, people, joined, deviceRefused };
}
