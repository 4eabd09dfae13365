import { LocalAudioTrack, LocalVideoTrack, type Room, Track } from 'livekit-client';
import { cameraOf, type Choice, microphoneOf } from './choice.ts';

/** What changes the background of a camera; undefined when it stays as it is. @throws when this browser cannot */
async function backgroundFor({ background }: Choice) {
  if (background === 'none') return undefined;
  const { backgroundOf } = await import('./background.ts');
  return backgroundOf(background);
}

/** How a camera is opened, with its background. @throws when the background cannot be had: then nothing is shown */
export async function cameraWith(choice: Choice) {
  const processor = await backgroundFor(choice);
  return { ...cameraOf(choice), ...(processor && { processor }) };
}

/** Turns the microphone on or off; one that was not open yet begins with the filter of noise, where it is wanted. */
export async function turnMicrophone({ localParticipant: me }: Room, choice: Choice, on: boolean) {
  await me.setMicrophoneEnabled(on, microphoneOf(choice));
  const track = me.getTrackPublication(Track.Source.Microphone)?.audioTrack;
  if (on && choice.quiet && track instanceof LocalAudioTrack && track.getProcessor() === undefined)
    await changeQuiet(track, choice);
}

/** A track over a camera that is open already; what it shows is never seen without its background. */
export async function cameraTrack(open: MediaStreamTrack, choice: Choice): Promise<LocalVideoTrack> {
  const track = new LocalVideoTrack(open, cameraOf(choice), false);
  await changeBackground(track, choice);
  return track;
}

/** A track over a microphone that is open already. */
export async function microphoneTrack(open: MediaStreamTrack, choice: Choice): Promise<LocalAudioTrack> {
  const track = new LocalAudioTrack(open, microphoneOf(choice), false);
  await changeQuiet(track, choice);
  return track;
}

/** Sets or takes away the background of a track. @throws when this browser cannot */
export async function changeBackground(track: LocalVideoTrack, choice: Choice): Promise<void> {
  const processor = await backgroundFor(choice);
  if (processor === undefined) await track.stopProcessor();
  else await track.setProcessor(processor);
}

/** Sets or takes away the filter of noise. @throws when this browser cannot */
export async function changeQuiet(track: LocalAudioTrack, { quiet }: Choice): Promise<void> {
  if (!quiet) return track.stopProcessor();
  const { QuietProcessor } = await import('./quiet.ts');
  // LiveKit asks for a context before it takes a processor; ours brings its own, at the filter's rate.
  await track.setAudioContext(new AudioContext());
  await track.setProcessor(new QuietProcessor());
}
