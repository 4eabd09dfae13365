'use client';
import { call } from '@parvis/contract/call';
import { find, listRecent } from '@parvis/contract/directory';
import { type DocumentHit, searchDocuments } from '@parvis/contract/doc-search';
import { Refusal } from '@parvis/contract/problem';
import type { Person, Resource } from '@parvis/contract/shape';
import { Avatar } from '@parvis/ui/Avatar';
import { CommandPalette, type PaletteGroup } from '@parvis/ui/CommandPalette';
import { Shortcut } from '@parvis/ui/Kbd';
import { SpaceTile } from '@parvis/ui/SpaceTile';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Marked, wayToHit } from '../docs/home/Hits.tsx';
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

/** Documents shown for the words in their text. */
const hitsShown = 6;

const group = (id: string, title: string, items: PaletteGroup['items']): PaletteGroup[] =>
  items.length > 0 ? [{ id, title, items }] : [];

/** The quick switcher: any place or person by name, with what was used last when nothing is typed. */
export function Palette({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const t = useTranslations('shell');
  const offline = useTranslations('docsOffline');
  const router = useRouter();
  const { person: me } = useFrame();
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

  const { thing, hit, person } = useItems();
  return (
    <CommandPalette
      open={open}
      onOpenChange={onOpenChange}
      label={t('find')}
      placeholder={t('findPlaceholder')}
      closeLabel={t('close')}
      recent={group('recent', t('recent'), recent.map(thing))}
      search={async (text, signal) => {
        const [names, { hits }] = await Promise.all([
          call(find, { q: text }, { signal }).catch((error: unknown) => {
            if (error instanceof Refusal && absent.has(error.code)) return null;
            throw error;
          }),
          // Names are found without the words inside of documents, too.
          call(searchDocuments, { q: text, limit: hitsShown }, { signal }).catch(() => ({ hits: [] })),
        ]);
        // Without the network there is still what this browser keeps.
        if (names === null) return group('texts', offline('inTexts'), await textsHere(me.id, text));
        const { resources, people } = names;
        const inside = hits.filter(({ context }) => context.length > 0);
        return [
          ...group('things', t('things'), resources.map(thing)),
          ...group('people', t('people'), people.map(person)),
          ...group('inside', t('inside'), inside.map(hit)),
        ];
      }}
      onChoose={(item, { newTab }) => {
        if (!item.href) return;
        if (newTab) window.open(item.href, '_blank', 'noopener');
        else router.push(item.href);
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
  const person = (one: Person) => ({
    id: one.id,
    label: <bdi>{one.name}</bdi>,
    note: one.organisation ?? t(`kinds.${one.kind}`),
    href: `/people?person=${one.id}`,
    picture: <Avatar id={one.id} name={one.name} size="s" />,
  });
  return { thing, hit, person };
}

/** The keys, at the foot. */
function Hints() {
  const t = useTranslations('shell');
  return (
    <>
      <Shortcut keys="↑ ↓">{t('hintMove')}</Shortcut>
      <Shortcut keys="↵">{t('hintOpen')}</Shortcut>
      <Shortcut keys="Ctrl ↵">{t('hintNewTab')}</Shortcut>
    </>
  );
}
