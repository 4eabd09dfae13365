import { call } from '@parvis/contract/call';
import { getMinutesPage, setMinutesDocument } from '@parvis/contract/meet-minutes';
import { Refusal } from '@parvis/contract/refusal';
import { follow, sendFile } from '../../docs/convert/conversion.ts';

/** Makes a document of the minutes, with the person's own rights, and names it. @throws Refusal that of the import */
export async function documentOf(meetingId: string, parentId: string): Promise<void> {
  const { name, html } = await call(getMinutesPage, { id: meetingId });
  const file = new File([html], `${name.replaceAll(/[/\\]/g, ' ').slice(0, 150)}.html`, {
    type: 'text/html',
  });
  const done = await follow(await sendFile(parentId, file), () => undefined, AbortSignal.timeout(120_000));
  if (done.documentId === null) {
    const code = done.code ?? 'internal';
    throw new Refusal({ type: `urn:parvis:problem:${code}`, title: code, status: 422, code });
  }
  await call(setMinutesDocument, { id: meetingId, documentId: done.documentId });
}
