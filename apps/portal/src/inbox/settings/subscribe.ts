import { call } from '@parvis/contract/call';
import { addDevice, type Device, getPushKey } from '@parvis/contract/notify-push';

/** Characters of a browser's description that are kept as the name of a device. */
const nameLengthMax = 60;

/** A word for this browser: its brand and system where it tells them. */
function nameHere(): string {
  const told = /(Firefox|Edg|OPR|Chrome|Safari)\/\d+/.exec(navigator.userAgent)?.[0] ?? 'Web';
  const system = /\(([^;)]+)/.exec(navigator.userAgent)?.[1] ?? '';
  return `${told.replace('Edg/', 'Edge/').replace('/', ' ')} ${system}`.trim().slice(0, nameLengthMax);
}

/**
 * Has this browser told while no page is open. Null when the person or the browser does not allow it.
 * @throws Refusal
 */
export async function subscribeHere(): Promise<Device | null> {
  if (!('serviceWorker' in navigator) || !('PushManager' in window)) return null;
  if ((await Notification.requestPermission()) !== 'granted') return null;
  const registration = await navigator.serviceWorker.ready;
  const { key } = await call(getPushKey, {});
  const made = await registration.pushManager
    .subscribe({ userVisibleOnly: true, applicationServerKey: key })
    .catch(() => null);
  const { endpoint, keys } = made?.toJSON() ?? {};
  const { p256dh, auth } = keys ?? {};
  if (!endpoint || !p256dh || !auth) return null;
  return call(addDevice, { endpoint, p256dh, auth, name: nameHere() });
}
