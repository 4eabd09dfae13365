'use client';
import { Button } from '@parvis/ui/Button';
import { TextField } from '@parvis/ui/TextField';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useState } from 'react';

interface Props {
  words: string;
  href: string;
  onLink: (href: string, words: string) => void;
  onClose: () => void;
}

/** The address as it is meant: without a scheme it is one of the web. Null when it is none. */
function addressOf(text: string): string | null {
  const written = /^[a-z][a-z0-9+.-]*:/i.test(text.trim()) ? text.trim() : `https://${text.trim()}`;
  const url = URL.parse(written);
  return url !== null && ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url.href : null;
}

/** Where a link leads, and its words when none were chosen. Enter lays it, Escape leaves. */
export function LinkBar({ words, href, onLink, onClose }: Props) {
  const t = useTranslations('chatCompose');
  const [to, setTo] = useState(href);
  const [text, setText] = useState(words);
  const [bad, setBad] = useState(false);
  function lay() {
    const address = addressOf(to);
    setBad(address === null);
    if (address !== null) onLink(address, text);
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter') {
      event.preventDefault();
      lay();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onClose();
    }
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the fields inside
    <div className="chat-linkbar" role="group" aria-label={t('style.link')} onKeyDown={onKeyDown}>
      <TextField
        label={t('linkTo')}
        type="url"
        value={to}
        error={bad ? t('linkBad') : undefined}
        autoFocus
        onChange={(event) => setTo(event.target.value)}
      />
      {words === '' && (
        <TextField label={t('linkWords')} value={text} onChange={(event) => setText(event.target.value)} />
      )}
      <div className="chat-linkbar-acts">
        <Button kind="quiet" size="small" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button kind="main" size="small" onClick={lay}>
          {t('linkLay')}
        </Button>
      </div>
    </div>
  );
}
