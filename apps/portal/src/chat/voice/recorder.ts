/** What browsers record sound in, the best first. */
const types = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'];

export interface Recording {
  /** Ends it, and gives the file. */
  stop(): Promise<File>;
  /** Throws it away. */
  drop(): void;
}

/**
 * Records the microphone until it is stopped. The device is let go in any case.
 * @throws DOMException 'NotAllowedError' and 'NotFoundError', as the browser says
 */
export async function record(): Promise<Recording> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const type = types.find((one) => MediaRecorder.isTypeSupported(one)) ?? '';
  const recorder = new MediaRecorder(stream, type === '' ? {} : { mimeType: type });
  const pieces: Blob[] = [];
  recorder.ondataavailable = ({ data }) => pieces.push(data);
  const letGo = () => {
    for (const track of stream.getTracks()) track.stop();
  };
  recorder.start(1_000);
  return {
    stop: () =>
      new Promise((resolve) => {
        recorder.onstop = () => {
          letGo();
          const sound = (recorder.mimeType || type).split(';')[0] ?? 'audio/webm';
          const ending = sound.split('/')[1] ?? 'webm';
          const stamp = new Date().toISOString().slice(0, 19).replaceAll(/[:T]/g, '-');
          resolve(new File(pieces, `voice-${stamp}.${ending}`, { type: sound }));
        };
        recorder.stop();
      }),
    drop: () => {
      recorder.onstop = null;
      if (recorder.state !== 'inactive') recorder.stop();
      letGo();
    },
  };
}
