'use client';
import './files.css';
import type { Message } from '@parvis/contract/chat-entry';
import { contentPath } from '@parvis/contract/content-path';
import { fileSize } from '@parvis/ui/format';
import { Icon } from '@parvis/ui/Icon';
import { Download, FileAudio, FileText } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';

type File = Message['files'][number];

/** What every browser shows as a picture, and drive sends as one. */
const pictures = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif']);
const inline = (file: File) => `${contentPath(file.id)}?inline=1`;

/** The files of a message: pictures as pictures, sound with its player, all else as cards that save it. */
export function MessageFiles({ message, stops }: { message: Message; stops: boolean }) {
  const t = useTranslations('chatFiles');
  const stop = stops ? undefined : -1;
  return (
    <ul className="chat-files" aria-label={t('files')}>
      {message.files.map((file) => (
        <li key={file.id}>
          {pictures.has(file.type) ? (
            <a href={inline(file)} target="_blank" rel="noopener" tabIndex={stop} className="chat-picture">
              <img src={inline(file)} alt={file.name} loading="lazy" />
            </a>
          ) : file.type.startsWith('audio/') || file.type === 'video/webm' ? (
            <Sound file={file} stop={stop} />
          ) : (
            <Card file={file} stop={stop} />
          )}
        </li>
      ))}
    </ul>
  );
}

function Sound({ file, stop }: { file: File; stop: number | undefined }) {
  const t = useTranslations('chatFiles');
  const isVoice = file.name.startsWith('voice-');
  const name = isVoice ? t('voice') : file.name;
  return (
    <figure className="chat-sound">
      <figcaption>
        <Icon of={FileAudio} size="s" />
        <bdi>{name}</bdi>
      </figcaption>
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- nobody has written down what was said */}
      <audio controls preload="metadata" src={inline(file)} aria-label={name} tabIndex={stop} />
    </figure>
  );
}

function Card({ file, stop }: { file: File; stop: number | undefined }) {
  const t = useTranslations('chatFiles');
  const locale = useLocale();
  return (
    <a className="chat-file" href={contentPath(file.id)} download={file.name} tabIndex={stop}>
      <span className="chat-file-sign">
        <Icon of={FileText} />
      </span>
      <span className="chat-file-words">
        <bdi>{file.name}</bdi>
        <span className="p-meta">{fileSize(file.bytes, locale)}</span>
      </span>
      <Icon of={Download} size="s" />
      <span className="p-sr">{t('save')}</span>
    </a>
  );
}
