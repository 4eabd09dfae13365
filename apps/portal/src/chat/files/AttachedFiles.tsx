'use client';
import './files.css';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { FileText, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type { Attached } from './useAttachments.ts';

interface Props {
  attached: readonly Attached[];
  onRemove: (key: string) => void;
}

/** Files beside a message that is being written, each with how far it has come. */
export function AttachedFiles({ attached, onRemove }: Props) {
  const t = useTranslations('chatFiles');
  return (
    <ul className="chat-attached" aria-label={t('attached')}>
      {attached.map((one) => (
        <li key={one.key}>
          <Look file={one.file} />
          <span className="chat-attached-name">
            <bdi>{one.file.name}</bdi>
            {one.id === null && (
              <progress max={1} value={one.share} aria-label={t('sending', { name: one.file.name })} />
            )}
          </span>
          <IconButton
            label={t('remove', { name: one.file.name })}
            tipSide="top"
            onClick={() => onRemove(one.key)}
          >
            <Icon of={X} size="s" />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}

function Look({ file }: { file: File }) {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!/^image\/(png|jpeg|gif|webp|avif)$/.test(file.type)) return;
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return url === null ? <Icon of={FileText} /> : <img src={url} alt="" />;
}
