import { z } from 'zod';
import { pushEndpointLengthMax } from './limits.ts';
import { operation } from './operation.ts';
import { ByIdInput, Done, Id, Instant, Name } from './shape.ts';

export const notifyPushCodes = ['too-many-devices'] as const;

const base64url = z.string().regex(/^[A-Za-z0-9_-]{16,200}={0,2}$/, { error: 'invalid' });

/** A device that is told also while no page is open. */
export const Device = z.object({ id: Id, name: z.string(), addedAt: Instant, usedAt: Instant.nullable() });
export type Device = z.infer<typeof Device>;

export const getPushKey = operation('GET', '/api/notify/push-key', {
  who: 'signed-in',
  summary: 'The public key that a browser subscribes with (VAPID, base64url)',
  input: z.object({}),
  output: z.object({ key: z.string() }),
});
export const listDevices = operation('GET', '/api/notify/devices', {
  who: 'signed-in',
  summary: 'My devices that are told',
  input: z.object({}),
  output: z.object({ devices: z.array(Device) }),
});
export const addDevice = operation('POST', '/api/notify/devices', {
  who: 'signed-in',
  summary: 'Tell this device, by what its browser gave; the same again changes nothing',
  input: z.object({
    endpoint: z.url({ error: 'invalid' }).max(pushEndpointLengthMax, { error: 'too-long' }),
    p256dh: base64url,
    auth: base64url,
    name: Name,
  }),
  output: Device,
});
export const removeDevice = operation('DELETE', '/api/notify/devices/:id', {
  who: 'signed-in',
  summary: 'Tell a device no longer',
  input: ByIdInput,
  output: Done,
});
