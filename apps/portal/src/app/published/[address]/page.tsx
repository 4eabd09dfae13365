import { readPublished } from '@parvis/contract/doc-blocks';
import type { Metadata } from 'next';
import { askOrLeave } from '../../../ask.ts';
import { PublicText } from '../../../link/PublicText.tsx';
import { VisitorFrame } from '../../../link/VisitorFrame.tsx';

type Props = { params: Promise<{ address: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await askOrLeave(readPublished, await params)).title };
}

/** A document that was published to the web: anybody reads it, as it is now. */
export default async function PublishedPage({ params }: Props) {
  const { address } = await params;
  const text = await askOrLeave(readPublished, { address });
  return (
    <VisitorFrame at={`/published/${address}`}>
      <PublicText text={text} link={address} />
    </VisitorFrame>
  );
}
