import { headers } from 'next/headers';
import { earlyKeysScript } from './early-keys.ts';

/** Hears keys before the page is alive; allowed by the nonce of this answer's content security policy. */
export async function EarlyKeys() {
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return (
    // Browsers hide the nonce from the page once they have read it.
    <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: earlyKeysScript }} />
  );
}
