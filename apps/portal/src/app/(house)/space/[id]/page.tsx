import { getSpace } from '@parvis/contract/directory';
import type { Metadata } from 'next';
import { askOrLeave } from '../../../../ask.ts';
import { columnOf, SpaceColumn } from '../../../../shell/SpaceColumn.tsx';
import { SpaceHome } from '../../../../space/SpaceHome.tsx';
import { SpacePhoneHead } from '../../../../space/SpacePhoneHead.tsx';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const space = await askOrLeave(getSpace, { id: (await params).id });
  return { title: space.title };
}

export default async function SpacePage({ params }: Props) {
  const { id } = await params;
  void columnOf(id);
  const space = await askOrLeave(getSpace, { id });
  return (
    <>
      <SpaceColumn spaceId={space.id} />
      <SpaceHome space={space} />
      <SpacePhoneHead space={space} />
    </>
  );
}
