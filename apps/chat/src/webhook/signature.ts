import { createHmac, randomBytes } from 'node:crypto';

/** By the Standard Webhooks scheme: a prefix, and the key as base64. */
const secretPrefix = 'whsec_';
const secretBytes = 32;

export function newSecret(): string {
  return `${secretPrefix}${randomBytes(secretBytes).toString('base64')}`;
}

/**
 * The headers that say from whom a request comes (Standard Webhooks): whoever has one of the secrets can check that the
 * body, the id and the time are ours. An old and a new secret at once let a receiver change over without a gap.
 */
export function signed(
  secrets: readonly string[],
  { id, at, body }: { id: string; at: Date; body: string },
): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(secretPrefix.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
    'content-type': 'application/json',
    'user-agent': 'Parvis-Webhooks/1',
  };
}
