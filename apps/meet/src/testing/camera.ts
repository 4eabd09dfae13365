import {
  LocalVideoTrack,
  Room,
  TrackPublishOptions,
  TrackSource,
  VideoBufferType,
  VideoFrame,
  VideoSource,
} from '@livekit/rtc-node';
import { joinMeeting } from '@parvis/contract/meet';
import type { Visitor } from '@parvis/testing/house';

const width = 320;
const height = 180;
const frameMs = 100;

/** A colour, from 0 to 255 each. */
export type Colour = readonly [red: number, green: number, blue: number];

/** Somebody in a meeting with a camera, before which a field of one colour and a black one change places. */
export class Camera {
  readonly #room: Room;
  readonly #timer: NodeJS.Timeout;

  private constructor(room: Room, timer: NodeJS.Timeout) {
    this.#room = room;
    this.#timer = timer;
  }

  static async join(visitor: Visitor, meetingId: string, mediaUrl: string, colour: Colour): Promise<Camera> {
    const { token } = await visitor.call(joinMeeting, { id: meetingId });
    const room = new Room();
    await room.connect(mediaUrl.replace(/^http/, 'ws'), token, { autoSubscribe: false, dynacast: false });
    const source = new VideoSource(width, height);
    const options = new TrackPublishOptions();
    options.source = TrackSource.SOURCE_CAMERA;
    options.simulcast = false;
    await room.localParticipant?.publishTrack(LocalVideoTrack.createVideoTrack('camera', source), options);
    let nr = 0;
    const timer = setInterval(() => {
      nr += 1;
      source.captureFrame(frameOf(colour, nr % 20 < 10));
    }, frameMs);
    return new Camera(room, timer);
  }

  async leave(): Promise<void> {
    clearInterval(this.#timer);
    await this.#room.disconnect();
  }
}

/** The left half in this colour and the right one black, or the other way round. */
function frameOf([red, green, blue]: Colour, left: boolean): VideoFrame {
  const data = new Uint8Array(width * height * 4);
  for (let at = 0; at < width * height; at += 1)
    if (at % width < width / 2 === left) data.set([red, green, blue, 255], at * 4);
    else data[at * 4 + 3] = 255;
  return new VideoFrame(data, width, height, VideoBufferType.RGBA);
}
