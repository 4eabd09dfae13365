'use client';
import { Button } from '@parvis/ui/Button';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { TextField } from '@parvis/ui/TextField';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { DocumentEditor } from '../editor/document-editor.ts';

/** An address as people write it: without its scheme, or a mail address alone. */
function addressOf(written: string): string {
  const text = written.trim();
  if (/^(https?:|mailto:|tel:|\/|#)/i.test(text)) return text;
  return /^[^\s/@]+@[^\s/@]+$/.test(text) ? `mailto:${text}` : `https://${text}`;
}

/** The address of a link over the selected words; without a selection the address itself is written. */
export function LinkBar({ editor, onClose }: { editor: DocumentEditor; onClose: () => void }) {
  const t = useTranslations('docsWriting');
  const [before] = useState(() => editor.getSelectedLinkUrl() ?? '');
  const [address, setAddress] = useState(before);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  function close() {
    onClose();
    editor.focus();
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    close();
  }
  return (
    <form
      className="docs-find"
      aria-label={t('link')}
      onSubmit={(event) => {
        event.preventDefault();
        if (address.trim() === '') return;
        const chosen = editor.getSelectedText();
        editor.createLink(addressOf(address), chosen === '' ? address.trim() : undefined);
        close();
      }}
    >
      <div>
        <TextField
          ref={field}
          dir="ltr"
          label={t('address')}
          labelHidden
          placeholder={t('address')}
          value={address}
          onChange={(event) => setAddress(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <Button type="submit" kind="main">
          {t('linkSet')}
        </Button>
        <IconButton label={t('find.close')} shortcut="Esc" tipAlign="end" onClick={close}>
          <Icon of={X} />
        </IconButton>
      </div>
    </form>
  );
}
