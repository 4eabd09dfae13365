import { createHash } from 'node:crypto';

/** PostgreSQL cuts identifiers, channel names among them, at this many bytes. */
const channelBytesMax = 63;
const prefix = 'parvis_fan_';

/**
 * Channel name of a fan-out topic: the topic itself where it is short and plain, a hash of it otherwise.
 * Hashed names carry a `#`, which no plain topic can contain, so the two never meet.
 */
export function channelOf(topic: string): string {
  const plain = prefix + topic;
  if (/^[a-z0-9_.:-]+$/.test(topic) && plain.length <= channelBytesMax) return plain;
  return `${prefix}#${createHash('sha256').update(topic).digest('hex').slice(0, 40)}`;
}
