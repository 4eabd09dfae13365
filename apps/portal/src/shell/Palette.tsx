'use client';
import { call } from '@parvis/contract/call';
import { openDirect } from '@parvis/contract/chat-direct';
import { find, listRecent } from '@parvis/contract/directory';
import { type MessageHit, searchMessages } from '@parvis/contract/chat-search';
import { type DocumentHit, searchDocuments } from '@parvis/contract/doc-search';
import { Refusal } from '@parvis/contract/refusal';
import type { Person, Resource } from '@parvis/contract/shape';
import { Avatar } from '@parvis/ui/Avatar';
import { CommandPalette, type PaletteGroup, type PaletteItem } from '@parvis/ui/CommandPalette';
import { Icon, type IconShape } from '@parvis/ui/Icon';
import { Shortcut } from '@parvis/ui/Kbd';
import { SpaceTile } from '@parvis/ui/SpaceTile';
import { CalendarDays, CalendarPlus, Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Marked, wayToHit } from '../docs/home/Hits.tsx';
import { wayToMessage } from '../search/MessageHits.tsx';
import { useFrame } from './AppFrame.tsx';
import { ThingIcon } from './ThingIcon.tsx';
import { wayTo } from './resource-way.ts';

/** Refusals that mean that nobody answers. */
const absent = new Set(['offline', 'unavailable']);

/** Recent documents with these words, as this browser keeps them. */
async function textsHere(personId: string, text: string): Promise<PaletteGroup['items']> {
  const { findCopies } = await import('../docs/local/copies.ts');
  const found = await findCopies(personId, text, 8);
  return found.map(({ documentId, title, excerpt }) => ({
    id: documentId,
    label: <bdi>{title}</bdi>,
    note: <bdi>{excerpt}</bdi>,
    href: `/docs/${documentId}`,
    icon: <ThingIcon kind="document" size="s" />,
  }));
}

/** Begins the ids of lines that are people. */
const personMark = 'person-';

/** Documents and messages shown for the words in their text. */
const hitsShown = 6;
const messagesShown = 5;

const group = (id: string, title: string, items: PaletteGroup['items']): PaletteGroup[] =>
  items.length > 0 ? [{ id, title, items }] : [];

/** What was used last, asked for when the switcher opens. */
function useRecent(open: boolean): readonly Resource[] {
  const [recent, setRecent] = useState<readonly Resource[]>([]);
  useEffect(() => {
    if (!open) return;
    const stop = new AbortController();
    call(listRecent, { limit: 8 }, { signal: stop.signal }).then(
      ({ resources }) => setRecent(resources),
      () => undefined,
    );
    return () => stop.abort();
  }, [open]);
  return recent;
}

/** The quick switcher: any place or person by name, with what was used last when nothing is typed. */
export function Palette({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const t = useTranslations('shell');
  const offline = useTranslations('docsOffline');
  const router = useRouter();
  const { person: me } = useFrame();
  const recent = useRecent(open);

  const choose = useChoose();
  const { thing, hit, message, person, everywhere } = useItems();
  const meetings = useTranslations('meetings');
  const ways = useMeetingWays();
  const wayToAll = (text: string) => `/search?q=${encodeURIComponent(text)}`;
  return (
    <CommandPalette
      open={open}
      onOpenChange={onOpenChange}
      label={t('find')}
      placeholder={t('findPlaceholder')}
      closeLabel={t('close')}
      recent={[
        ...group('recent', t('recent'), recent.map(thing)),
        ...group('meetings', meetings('title'), ways),
      ]}
      search={async (text, signal) => {
        const [names, { hits }, said] = await Promise.all([
          call(find, { q: text }, { signal }).catch((error: unknown) => {
            if (error instanceof Refusal && absent.has(error.code)) return null;
            throw error;
          }),
          // Names are found without the words inside of documents, too.
          call(searchDocuments, { q: text, limit: hitsShown }, { signal }).catch(() => ({ hits: [] })),
          call(searchMessages, { q: text, limit: messagesShown, typing: 'true' }, { signal }).catch(() => ({
            hits: [],
          })),
        ]);
        // Without the network there is still what this browser keeps.
        if (names === null) return group('texts', offline('inTexts'), await textsHere(me.id, text));
        const { resources, people } = names;
        const inside = hits.filter(({ context }) => context.length > 0);
        return [
          ...group('things', t('things'), resources.map(thing)),
          ...group('meetings', meetings('title'), waysCalled(ways, text)),
          ...group('people', t('people'), people.map(person)),
          ...group('inside', t('inside'), inside.map(hit)),
          ...group('messages', t('inMessages'), said.hits.map(message)),
          ...group(
            'everywhere',
            t('everywhere'),
            said.hits.length > 0 ? [everywhere(text, wayToAll(text))] : [],
          ),
        ];
      }}
      onChoose={(item, { newTab }) => {
        choose(item, newTab);
        onOpenChange(false);
      }}
      onEverywhere={(text) => {
        router.push(wayToAll(text));
        onOpenChange(false);
      }}
      none={(text) => t('foundNothing', { text })}
      failed={t('findFailed')}
      found={(count) => t('found', { count })}
      hints={<Hints />}
    />
  );
}

/** What the palette shows as its lines. */
function useItems() {
  const t = useTranslations('shell');
  const thing = (resource: Resource) => ({
    id: resource.id,
    label: <bdi>{resource.title}</bdi>,
    note: t(`kinds.${resource.kind}`),
    href: wayTo(resource),
    ...(resource.kind === 'space'
      ? { picture: <SpaceTile id={resource.id} size="s" /> }
      : { icon: <ThingIcon kind={resource.kind} size="s" /> }),
  });
  const hit = (one: DocumentHit) => ({
    id: `inside-${one.document.id}`,
    label: <bdi>{one.document.title}</bdi>,
    note: (
      <bdi>
        <Marked stretches={one.context} />
      </bdi>
    ),
    href: wayToHit(one),
    icon: <ThingIcon kind="document" size="s" />,
  });
  const message = (one: MessageHit) => ({
    id: `said-${one.channel.id}-${one.seq}`,
    label: <Marked stretches={one.text} />,
    note: (
      <>
        <bdi>{one.sender.name}</bdi> · <bdi>{one.channel.title}</bdi>
      </>
    ),
    href: wayToMessage(one),
    picture: <Avatar id={one.sender.id} name={one.sender.name} size="s" />,
  });
  const everywhere = (text: string, href: string) => ({
    id: 'everywhere',
    label: t('searchFor', { text }),
    href,
    icon: <Icon of={Search} size="s" />,
  });
  const person = (one: Person) => ({
    id: `${personMark}${one.id}`,
    label: <bdi>{one.name}</bdi>,
    note: one.organisation ?? t(`kinds.${one.kind}`),
    href: `/people?person=${one.id}`,
    picture: <Avatar id={one.id} name={one.name} size="s" />,
  });
  return { thing, hit, message, person, everywhere };
}

/** Goes where a line leads. Of a person that is the one conversation with them, or what is known of them where there can be none. */
function useChoose() {
  const router = useRouter();
  const { person: me } = useFrame();
  return (item: PaletteItem, newTab: boolean) => {
    const { id, href } = item;
    if (href === undefined) return;
    const personId = id.startsWith(personMark) ? id.slice(personMark.length) : null;
    // A tab that is opened after an answer is a pop-up to browsers: there the person's own page is shown.
    if (newTab) window.open(href, '_blank', 'noopener');
    else if (personId === null || personId === me.id) router.push(href);
    else
      void call(openDirect, { personIds: [personId] }).then(
        (channel) => {
          router.push(`/chat/${channel.id}`);
          router.refresh();
        },
        () => router.push(href),
      );
  };
}

/** Meetings: all of mine, and a new one at another time. */
function useMeetingWays() {
  const t = useTranslations('meetings');
  const { person } = useFrame();
  const way = (id: string, words: string, href: string, shape: IconShape) => ({
    id: `way-${id}`,
    words,
    label: words,
    href,
    icon: <Icon of={shape} size="s" />,
  });
  return [
    way('meetings', t('views.next'), '/meetings', CalendarDays),
    ...(person.kind === 'member'
      ? [way('schedule', t('scheduleIn'), '/meetings?do=schedule', CalendarPlus)]
      : []),
  ];
}

/** Those of them in whose words the text stands. */
function waysCalled(ways: ReturnType<typeof useMeetingWays>, text: string) {
  const sought = text.trim().toLocaleLowerCase();
  return ways.filter(({ words }) => sought.length > 1 && words.toLocaleLowerCase().includes(sought));
}

/** The keys, at the foot. */
function Hints() {
  const t = useTranslations('shell');
  return (
    <>
      <Shortcut keys="↑ ↓">{t('hintMove')}</Shortcut>
      <Shortcut keys="↵">{t('hintOpen')}</Shortcut>
      <Shortcut keys="Ctrl ↵">{t('hintNewTab')}</Shortcut>
      <Shortcut keys="Tab">{t('hintEverywhere')}</Shortcut>
    </>
  );
}
