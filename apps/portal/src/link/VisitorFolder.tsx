import { type Entry, listFolder } from '@parvis/contract/drive';
import { FileName } from '@parvis/ui/FileTile';
import { fileSize } from '@parvis/ui/format';
import { getLocale, getTranslations } from 'next-intl/server';
import { askOrLeave } from '../ask.ts';
import { EntryGlyph } from '../drive/kinds.tsx';

interface Props {
  id: string;
  link: string;
  /** The address of the link, under which each thing of the folder has a page. */
  base: string;
}

/** What a folder holds, for whoever came by a public link. */
export async function VisitorFolder({ id, link, base }: Props) {
  const [{ folder, entries }, t, locale] = await Promise.all([
    askOrLeave(listFolder, { id, link }),
    getTranslations('link'),
    getLocale(),
  ]);
  const wayTo = ({ kind, id: entry }: Entry) => `${base}${base.includes('?') ? '&' : '?'}in=${kind}.${entry}`;
  return (
    <article className="visitor-thing">
      <h1 dir="auto">{folder.title}</h1>
      {entries.length === 0 && <p className="p-meta">{t('empty')}</p>}
      <ul className="rows">
        {entries.map((entry) => (
          <li key={entry.id}>
            <a className="row-link" href={wayTo(entry)}>
              <EntryGlyph kind={entry.kind} mediaType={entry.file?.mediaType} />
              <span className="row-text">
                {entry.kind === 'file' ? <FileName name={entry.title} /> : <bdi>{entry.title}</bdi>}
                {entry.file !== null && (
                  <span className="p-meta">{fileSize(entry.file.sizeBytes, locale)}</span>
                )}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </article>
  );
}
