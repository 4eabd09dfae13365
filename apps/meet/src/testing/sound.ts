import OpusScript from 'opusscript';

const recordedRate = 16_000;

/** The packets of an Ogg file, without its two heads. */
export function packetsOf(bytes: Buffer): Buffer[] {
  const packets: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const segments = bytes.readUInt8(at + 26);
    let body = at + 27 + segments;
    for (let index = 0; index < segments; index += 1) {
      const size = bytes.readUInt8(at + 27 + index);
      packets.push(bytes.subarray(body, body + size));
      body += size;
    }
    at = body;
  }
  return packets.slice(2);
}

/** The sound of a track of a recording, as 16-bit samples of 16 kHz. */
export function decoded(file: Buffer): Int16Array {
  const decoder = new OpusScript(recordedRate, 1);
  try {
    const parts = packetsOf(file).map((packet) => Buffer.from(decoder.decode(packet)));
    const all = Buffer.concat(parts);
    return Int16Array.from({ length: all.length / 2 }, (_, at) => all.readInt16LE(at * 2));
  } finally {
    decoder.delete();
  }
}

/** Loudness of each stretch of `stepMs`, root mean square in steps of 16 bits. */
export function loudnessOf(samples: Int16Array, rate: number, stepMs: number): Float64Array {
  const size = (rate * stepMs) / 1_000;
  return Float64Array.from({ length: Math.floor(samples.length / size) }, (_, nr) => {
    let sum = 0;
    for (const sample of samples.subarray(nr * size, (nr + 1) * size)) sum += sample * sample;
    return Math.sqrt(sum / size);
  });
}

/** How alike a part is to what stands at `from` in the whole: 1 is the same rise and fall. */
function alike(part: Float64Array, whole: Float64Array, from: number): number {
  let [product, one, other] = [0, 0, 0];
  for (const [at, value] of part.entries()) {
    const there = whole[from + at] ?? 0;
    product += value * there;
    one += value * value;
    other += there * there;
  }
  return product / Math.sqrt(Math.max(1, one * other));
}

/** The place in the whole, around `near`, that is most like a part; all in steps of loudness. */
export function placeOf(part: Float64Array, whole: Float64Array, near: number, around: number): number {
  let best = { at: near, alike: -1 };
  for (let at = Math.max(0, near - around); at <= near + around; at += 1) {
    const found = alike(part, whole, at);
    if (found > best.alike) best = { at, alike: found };
  }
  return best.at;
}
