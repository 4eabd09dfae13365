/** Seconds of the sound by which somebody hears that they hear. */
const soundSeconds = 0.9;
const notes = [523.25, 659.25, 783.99];

/**
 * Plays three soft notes on a loudspeaker.
 * @param speakerId of the browser's list; empty: the one that the system has chosen
 * @throws when the browser cannot play there
 */
export async function playTest(speakerId: string): Promise<void> {
  const context = new AudioContext();
  const end = new MediaStreamAudioDestinationNode(context);
  const each = soundSeconds / notes.length;
  notes.forEach((frequency, at) => {
    const from = context.currentTime + at * each;
    const tone = new OscillatorNode(context, { frequency });
    const loudness = new GainNode(context, { gain: 0 });
    loudness.gain.setValueAtTime(0, from);
    loudness.gain.linearRampToValueAtTime(0.2, from + 0.04);
    loudness.gain.exponentialRampToValueAtTime(0.001, from + each);
    tone.connect(loudness).connect(end);
    tone.start(from);
    tone.stop(from + each);
  });
  const player = new Audio();
  player.srcObject = end.stream;
  try {
    if (speakerId && 'setSinkId' in player) await player.setSinkId(speakerId);
    await player.play();
    await new Promise((done) => setTimeout(done, soundSeconds * 1000 + 200));
  } finally {
    player.srcObject = null;
    await context.close();
  }
}
