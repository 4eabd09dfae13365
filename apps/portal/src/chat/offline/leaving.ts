import { forgetDrafts } from '../drafts/draft-book.ts';
import { forgetPeople, keptAnywhere } from '../outbox.ts';

/** Messages of a person that exist in this browser only. */
export async function messagesThatStay(personId: string): Promise<number> {
  return (await keptAnywhere(personId)).length;
}

/** The person leaves this browser: what they wrote and read here leaves with them. */
export async function leaveChat(personId: string): Promise<void> {
  forgetDrafts(personId);
  await forgetPeople((one) => one === personId);
}

/** A person has come in: what was kept of others leaves. */
export async function comeIntoChat(personId: string): Promise<void> {
  await forgetPeople((one) => one !== personId);
}
