import { readDocument } from '@parvis/contract/doc-blocks';
import { askOrLeave } from '../ask.ts';
import { PublicText } from './PublicText.tsx';

/** A document, for whoever came by a public link. */
export async function VisitorDocument({ id, link }: { id: string; link: string }) {
  return <PublicText text={await askOrLeave(readDocument, { id, link })} link={link} />;
}
