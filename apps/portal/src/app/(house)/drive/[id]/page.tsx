import { getResource } from '@parvis/contract/directory';
import { getFile, listFolder } from '@parvis/contract/drive';
import type { Metadata } from 'next';
import { askOrLeave } from '../../../../ask.ts';
import { FileView } from '../../../../drive/FileView.tsx';
import { FolderView } from '../../../../drive/FolderView.tsx';
import { columnOf, SpaceColumn } from '../../../../shell/SpaceColumn.tsx';

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ link?: string; after?: string }>;
};

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const [{ id }, { link }] = await Promise.all([params, searchParams]);
  return { title: (await askOrLeave(getResource, { id, link })).resource.title };
}

/** A folder, the root of a space, or one file: what the id names decides. */
export default async function DrivePage({ params, searchParams }: Props) {
  const [{ id }, { link, after }] = await Promise.all([params, searchParams]);
  const { resource, path } = await askOrLeave(getResource, { id, link });
  const spaceId = resource.kind === 'space' ? resource.id : resource.spaceId;
  if (spaceId !== null) void columnOf(spaceId);
  if (resource.kind === 'file') {
    const file = await askOrLeave(getFile, { id, link });
    return (
      <>
        <SpaceColumn spaceId={spaceId} current={`drive:${spaceId}`} />
        <FileView file={file} path={path} link={link} />
      </>
    );
  }
  const { folder, entries, next } = await askOrLeave(listFolder, { id, link, after });
  return (
    <>
      <SpaceColumn spaceId={spaceId} current={`drive:${spaceId}`} />
      <FolderView
        key={`${folder.id}/${after ?? ''}`}
        folder={folder}
        path={path}
        entries={entries}
        next={next}
        link={link}
      />
    </>
  );
}
