import { call } from '@parvis/contract/call';
import { type Me, setPreferences } from '@parvis/contract/directory';

/** Keeps a choice with the person, for their other browsers. @throws Refusal */
export async function keepPreferences(change: Partial<Pick<Me, 'locale' | 'theme'>>): Promise<void> {
  await call(setPreferences, change);
}
