import { Room, RoomEvent, Track } from 'livekit-client';

/** Joins with a token in hand and sends camera and microphone, as the shortest page would; answers when somebody is seen. */
window.join = async (url, token) => {
  const room = new Room({ adaptiveStream: true, dynacast: true });
  const video = document.getElementById('other');
  const begun = performance.now();
  const seen = new Promise((resolve) => {
    room.on(RoomEvent.TrackSubscribed, (track) => {
      if (track.kind !== Track.Kind.Video) return;
      track.attach(video);
      video.requestVideoFrameCallback(() => resolve(performance.now() - begun));
    });
  });
  await room.connect(url, token);
  void room.localParticipant.enableCameraAndMicrophone();
  const ms = await seen;
  await room.disconnect();
  return ms;
};
