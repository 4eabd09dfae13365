import { getSpace } from '@parvis/contract/directory';
import { getDocument } from '@parvis/contract/docs';
import type { Metadata } from 'next';
import { ask, askOrLeave } from '../../../../ask.ts';
import { DocumentView } from '../../../../docs/DocumentView.tsx';
import { SpaceColumn } from '../../../../shell/SpaceColumn.tsx';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await askOrLeave(getDocument, { id: (await params).id })).title };
}

export default async function DocumentPage({ params }: Props) {
  const document = await askOrLeave(getDocument, { id: (await params).id });
  const space =
    document.spaceId === null ? null : await ask(getSpace, { id: document.spaceId }).catch(() => null);
  return (
    <>
      <SpaceColumn spaceId={document.spaceId} current={document.id} />
      <DocumentView key={`${document.id}/${document.epoch}`} document={document} space={space} />
    </>
  );
}
