import { getResource, getSpace } from '@parvis/contract/directory';
import { listPages } from '@parvis/contract/doc-list';
import { getDocument } from '@parvis/contract/docs';
import type { Metadata } from 'next';
import { ask, askOrLeave } from '../../../../ask.ts';
import { BoardPage } from '../../../../board/BoardPage.tsx';
import { DocumentView } from '../../../../docs/DocumentView.tsx';
import { columnOf, SpaceColumn } from '../../../../shell/SpaceColumn.tsx';

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ link?: string }> };

/** The document that the address names, opened by the secret of a link where the address carries one. */
async function documentOf({ params, searchParams }: Props) {
  const [{ id }, { link }] = await Promise.all([params, searchParams]);
  return { document: await askOrLeave(getDocument, { id, link }), link };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: (await documentOf(props)).document.title };
}

export default async function DocumentPage(props: Props) {
  const { document, link } = await documentOf(props);
  if (document.spaceId !== null) void columnOf(document.spaceId);
  const [space, { path }] = await Promise.all([
    document.spaceId === null ? null : ask(getSpace, { id: document.spaceId }).catch(() => null),
    ask(getResource, { id: document.id, link }).catch(() => ({ path: [] })),
  ]);
  const above = await Promise.all(
    path
      .filter(({ kind }) => kind === 'document')
      .map(async ({ id }) => ({
        id,
        pages: (await ask(listPages, { id }).catch(() => ({ pages: [] }))).pages,
      })),
  );
  return (
    <>
      <SpaceColumn spaceId={document.spaceId} current={document.id} above={above} />
      {document.holds === 'board' ? (
        <BoardPage key={`${document.id}/${document.epoch}`} document={document} path={path} link={link} />
      ) : (
        <DocumentView
          key={`${document.id}/${document.epoch}`}
          document={document}
          space={space}
          path={path}
          link={link}
        />
      )}
    </>
  );
}
