import { call } from '@parvis/contract/call';
import { tryConnection } from '@parvis/contract/meet-trial';
import { CheckStatus, ConnectionCheck, ConnectionState, Room, RoomEvent, Track } from 'livekit-client';
import { wayOf } from '../room/make-room.ts';

/** How one way to the media server was found: it works, it does not, or this house has none of that kind. */
export type Verdict = 'works' | 'fails' | 'absent';
export type Way = 'signal' | 'udp' | 'tcp' | 'turn';

/** Milliseconds that one way may take. */
const wayMsMax = 15_000;
const lookMs = 250;

function within<T>(act: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, fail) =>
    setTimeout(() => fail(new Error('it took too long')), wayMsMax),
  );
  return Promise.race([act, late]);
}

/** A sound that nobody hears: something to send, without anybody's microphone. */
function hum(): { track: MediaStreamTrack | undefined; stop: () => void } {
  const context = new AudioContext();
  const end = new MediaStreamAudioDestinationNode(context);
  const tone = new OscillatorNode(context, { frequency: 220 });
  tone.connect(new GainNode(context, { gain: 0.01 })).connect(end);
  tone.start();
  return { track: end.stream.getAudioTracks()[0], stop: () => void context.close() };
}

/** `udp` or `tcp`: how the track of the room goes out now; null while it does not. */
async function protocolOf(room: Room): Promise<string | null> {
  const track = room.localParticipant.getTrackPublication(Track.Source.Microphone)?.track;
  const report = await track?.getRTCStatsReport();
  const entries: Record<string, string | boolean>[] = [];
  report?.forEach((entry: Record<string, string | boolean>) => entries.push(entry));
  const pair = entries.find(
    ({ type, state, nominated }) => type === 'candidate-pair' && state === 'succeeded' && nominated,
  );
  const local = entries.find(({ id }) => id === pair?.localCandidateId);
  return pair === undefined ? null : String(local?.protocol ?? '');
}

/** Waits until the track goes out over a protocol. @throws when it does not in time */
async function goesOver(room: Room, protocol: string): Promise<void> {
  const until = Date.now() + wayMsMax;
  while (Date.now() < until) {
    if (room.state === ConnectionState.Connected && (await protocolOf(room)) === protocol) return;
    await new Promise((done) => setTimeout(done, lookMs));
  }
  throw new Error(`no ${protocol}`);
}

/**
 * Tries each way in which sound and picture can reach the media server, and tells of each as soon as it is known.
 * @throws Refusal when no trial may begin (no session, no media server)
 */
export async function testConnection(tell: (way: Way, verdict: Verdict) => void): Promise<void> {
  const { url, token } = wayOf(await call(tryConnection, {}));
  const verdict = (way: Way) => (works: boolean) => tell(way, works ? 'works' : 'fails');
  const tried = (act: Promise<unknown>) =>
    within(act).then(
      () => true,
      () => false,
    );
  const room = new Room();
  const { track, stop } = hum();
  try {
    const reached = await tried(room.connect(url, token));
    verdict('signal')(reached);
    if (!reached || track === undefined) return;
    await tried(room.localParticipant.publishTrack(track, { source: Track.Source.Microphone }));
    verdict('udp')(await tried(goesOver(room, 'udp')));
    const back = new Promise<void>((done) => room.once(RoomEvent.Reconnected, () => done()));
    await tried(room.simulateScenario('force-tcp').then(() => back));
    verdict('tcp')(await tried(goesOver(room, 'tcp')));
  } finally {
    stop();
    await room.disconnect();
  }
  const { status, logs } = await new ConnectionCheck(url, token).checkTURN();
  const none = status === CheckStatus.SKIPPED || logs.some(({ message }) => message.startsWith('No TURN'));
  tell('turn', none ? 'absent' : status === CheckStatus.SUCCESS ? 'works' : 'fails');
}
