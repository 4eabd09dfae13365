'use client';
import { Popover } from '@parvis/ui/Popover';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { takeMade } from './made.ts';
import { Tex } from './Tex.tsx';

interface Props {
  tex: string;
  display: boolean;
  onChange: (tex: string) => void;
  /** The person is done and goes on writing. */
  onDone: () => void;
}

/** A formula that a press opens to be written, with a look at what becomes of it. */
export function TexField({ tex, display, onChange, onDone }: Props) {
  const t = useTranslations('docsEditor');
  const [open, setOpen] = useState(() => tex === '' && takeMade(display ? 'formula' : 'math'));
  const [text, setText] = useState(tex);
  const [wrong, setWrong] = useState<string | null>(null);
  const opened = (now: boolean) => {
    if (now) setText(tex);
    else if (text !== tex) onChange(text);
    setOpen(now);
  };
  return (
    <Popover
      label={t('formula.name')}
      open={open}
      onOpenChange={opened}
      trigger={
        <button
          type="button"
          className={display ? 'docs-formula' : 'docs-math'}
          data-empty={tex === '' || undefined}
        >
          {tex === '' ? (
            t('formula.write')
          ) : (
            <>
              <span className="p-sr">{`${t('formula.name')} ${tex}`}</span>
              <span aria-hidden="true">
                <Tex tex={tex} display={display} />
              </span>
            </>
          )}
        </button>
      }
    >
      {(close) => (
        <div className="docs-tex-form">
          <label className="p-field">
            <span className="p-label">{t('formula.source')}</span>
            <textarea
              className="docs-tex-source"
              dir="ltr"
              rows={display ? 3 : 1}
              spellCheck={false}
              value={text}
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- the field is what the person asked for
              autoFocus
              onChange={(event) => setText(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || event.shiftKey) return;
                event.preventDefault();
                close();
                onDone();
              }}
            />
          </label>
          <div className="docs-tex-look" aria-live="polite">
            {text.trim() !== '' && <Tex tex={text} display={display} onDrawn={setWrong} />}
          </div>
          <p className={wrong === null || text.trim() === '' ? 'p-help' : 'p-error'}>
            {wrong === null || text.trim() === '' ? t('formula.help') : t('formula.wrong')}
          </p>
        </div>
      )}
    </Popover>
  );
}
