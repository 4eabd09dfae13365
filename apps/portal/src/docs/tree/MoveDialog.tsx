'use client';
import { call } from '@parvis/contract/call';
import { find, listSpaces } from '@parvis/contract/directory';
import type { Resource } from '@parvis/contract/shape';
import { Button } from '@parvis/ui/Button';
import { Dialog } from '@parvis/ui/Dialog';
import { TextField } from '@parvis/ui/TextField';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { ThingIcon } from '../../shell/ThingIcon.tsx';
import { useMove } from './useMove.ts';

/** Milliseconds of rest in the typing before it is asked for. */
const restMs = 150;
const placesMax = 20;
const holders: readonly string[] = ['space', 'folder', 'document'];

/** Places that a document may go to: the spaces, or what the text finds. */
function usePlaces(document: Resource, text: string): readonly Resource[] | null {
  const [places, setPlaces] = useState<readonly Resource[] | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    const ask = async (): Promise<readonly Resource[]> => {
      const q = text.trim();
      if (q === '') return (await call(listSpaces, {}, { signal: stop.signal })).spaces;
      return (await call(find, { q, limit: placesMax }, { signal: stop.signal })).resources;
    };
    const timer = setTimeout(
      () => {
        ask().then(
          (found) => setPlaces(found),
          () => !stop.signal.aborted && setPlaces([]),
        );
      },
      text === '' ? 0 : restMs,
    );
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [text]);
  return (
    places?.filter(
      (one) =>
        holders.includes(one.kind) &&
        one.abilities.edit &&
        one.id !== document.id &&
        one.id !== document.parentId,
    ) ?? null
  );
}

/** Asks where a document goes, with the pages below it. */
export function MoveDialog({ document, close }: { document: Resource; close: () => void }) {
  const t = useTranslations('docsTree');
  const shell = useTranslations('shell');
  const move = useMove();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState<string | null>(null);
  const places = usePlaces(document, text);
  async function choose(place: Resource) {
    setBusy(place.id);
    if (await move(document, place.id)) close();
    else setBusy(null);
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={t('moveTitle', { title: document.title })}
      closeLabel={shell('close')}
    >
      <div className="tree-move">
        <TextField
          label={t('moveTo')}
          placeholder={t('movePlaceholder')}
          value={text}
          onChange={(event) => setText(event.target.value)}
          type="search"
          autoFocus
        />
        <ul className="tree-places" aria-label={t('places')}>
          {places?.map((place) => (
            <li key={place.id}>
              <ThingIcon kind={place.kind} />
              <span className="row-text">
                <bdi>{place.title}</bdi>
                <span className="p-meta">{shell(`kinds.${place.kind}`)}</span>
              </span>
              <Button
                busy={busy === place.id}
                aria-label={t('moveInto', { title: place.title })}
                onClick={() => void choose(place)}
              >
                {t('moveHere')}
              </Button>
            </li>
          ))}
        </ul>
        <p className="p-meta" role="status">
          {places?.length === 0 ? t('noPlaces') : ''}
        </p>
      </div>
    </Dialog>
  );
}
