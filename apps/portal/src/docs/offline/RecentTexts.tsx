'use client';
import './offline.css';
import { TextField } from '@parvis/ui/TextField';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { type Found, findCopies } from '../local/copies.ts';
import { ownerOfCopies } from './leaving.ts';

/** Documents in the list. */
const shownMax = 20;

/** The recent documents of whoever was here last, searched in this browser alone. Nothing where none is kept. */
export function RecentTexts() {
  const t = useTranslations('docsOffline');
  const [asked, setAsked] = useState('');
  const [found, setFound] = useState<readonly Found[] | null>(null);
  useEffect(() => {
    const personId = ownerOfCopies();
    if (personId === null) return;
    let late = false;
    findCopies(personId, asked, shownMax).then(
      (all) => !late && setFound(all),
      () => undefined,
    );
    return () => {
      late = true;
    };
  }, [asked]);
  if (found === null || (found.length === 0 && asked.trim() === '')) return null;
  return (
    <section className="docs-recent" aria-label={t('recent')}>
      <h3>{t('recent')}</h3>
      <p className="p-meta">{t('recentHelp')}</p>
      <TextField
        label={t('find')}
        labelHidden
        placeholder={t('find')}
        type="search"
        value={asked}
        onChange={(event) => setAsked(event.target.value)}
      />
      <p className="p-sr" role="status">
        {asked.trim() === '' ? '' : t('found', { count: found.length })}
      </p>
      {found.length === 0 && <p>{t('nothing', { text: asked.trim() })}</p>}
      <ul>
        {found.map(({ documentId, title, excerpt }) => (
          <li key={documentId}>
            <a href={`/docs/${documentId}`}>
              <bdi>{title}</bdi>
              {excerpt !== '' && <small dir="auto">{excerpt}</small>}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
