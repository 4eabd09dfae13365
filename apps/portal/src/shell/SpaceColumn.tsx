import { listChannels } from '@parvis/contract/chat';
import { getSpace } from '@parvis/contract/directory';
import { listPages, type Page } from '@parvis/contract/doc-list';
import { listMeetings } from '@parvis/contract/meet';
import { Icon } from '@parvis/ui/Icon';
import { FolderTree } from 'lucide-react';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { cache, type ReactNode } from 'react';
import { ask } from '../ask.ts';
import { BrowseChannels } from '../chat/channel/BrowseChannels.tsx';
import { ChannelLines } from '../chat/channel/ChannelLines.tsx';
import { DirectSection } from '../chat/direct/DirectSection.tsx';
import { ThreadsItem } from '../chat/threads/ThreadsItem.tsx';
import { PageTree } from '../docs/tree/PageTree.tsx';
import { NewThing } from './NewThing.tsx';
import { PaletteButton } from './PaletteButton.tsx';
import { ThingIcon } from './ThingIcon.tsx';

function Item(props: { href: string; current: boolean; children: ReactNode }) {
  return (
    <Link className="p-item" href={props.href} aria-current={props.current ? 'page' : undefined}>
      {props.children}
    </Link>
  );
}

const meetingsShownMax = 5;

/**
 * What stands in the column of a space. A page that knows its space calls this before it asks for its own things, so
 * that all are on their way at once; refusals are for the column to deal with.
 */
export const columnOf = cache((spaceId: string) => {
  const asked = Promise.all([
    ask(listChannels, { id: spaceId }),
    ask(listPages, { id: spaceId }),
    ask(listMeetings, { id: spaceId }).catch(() => ({ meetings: [] })),
  ]);
  asked.catch(() => {});
  return asked;
});

interface ColumnProps {
  spaceId: string | null;
  current?: string;
  /** Documents above the current one, each with the pages right below it. */
  above?: readonly { readonly id: string; readonly pages: readonly Page[] }[];
}
const none: NonNullable<ColumnProps['above']> = [];

/**
 * The list column of a space: its channels, documents, files and meetings. For a thing whose space the person may not
 * see (it was shared alone), the column says so and offers the way home.
 */
export async function SpaceColumn({ spaceId, current, above = none }: ColumnProps) {
  if (spaceId !== null) void columnOf(spaceId);
  const [t, space] = await Promise.all([
    getTranslations('shell'),
    spaceId === null ? null : ask(getSpace, { id: spaceId }).catch(() => null),
  ]);
  if (spaceId === null || space === null) return <SharedAlone />;
  const [{ channels }, documents, { meetings }] = await columnOf(spaceId);
  return (
    <nav className="p-list" aria-label={space.title}>
      <header>
        <h2>
          <Link href={`/space/${space.id}`}>
            <bdi>{space.title}</bdi>
          </Link>
        </h2>
        {space.abilities.edit && <NewThing space={space} />}
      </header>
      <PaletteButton label={t('find')} wide />
      <div className="p-scroll">
        <ThreadsItem />
        <h3>
          {t('channels')}
          <BrowseChannels spaceId={space.id} />
        </h3>
        <ChannelLines channels={channels} current={current} />
        <DirectSection current={current} />
        <h3>{t('documents')}</h3>
        <PageTree
          key={space.id}
          spaceId={space.id}
          mayEdit={space.abilities.edit}
          label={t('documents')}
          known={Object.fromEntries([
            [space.id, documents.pages],
            ...above.map(({ id, pages }) => [id, pages]),
          ])}
          above={above.map(({ id }) => id)}
          current={current}
        />
        <Item href={`/drive/${space.id}`} current={current === `drive:${space.id}`}>
          <Icon of={FolderTree} size="s" />
          <span className="p-cut">{t('allFiles')}</span>
        </Item>
        <h3>{t('meetings')}</h3>
        {meetings.slice(0, meetingsShownMax).map((meeting) => (
          <Item key={meeting.id} href={`/meet/${meeting.id}`} current={meeting.id === current}>
            <ThingIcon kind="meeting" size="s" />
            <bdi className="p-cut">{meeting.title}</bdi>
          </Item>
        ))}
        {meetings.length === 0 && <p className="p-meta column-none">{t('noMeetings')}</p>}
      </div>
    </nav>
  );
}

/** For a thing that was shared without its space. */
async function SharedAlone() {
  const t = await getTranslations('shell');
  return (
    <nav className="p-list" aria-label={t('sharedWithMe')}>
      <header>
        <h2>{t('sharedWithMe')}</h2>
      </header>
      <p className="p-meta shared-alone">{t('sharedAlone')}</p>
    </nav>
  );
}
