'use client';
import { Dialog } from '@parvis/ui/Dialog';
import { Shortcut } from '@parvis/ui/Kbd';
import { useTranslations } from 'next-intl';

const keys = {
  write: [
    ['Ctrl B', 'bold'],
    ['Ctrl I', 'italic'],
    ['Ctrl U', 'underline'],
    ['Ctrl K', 'link'],
    ['Ctrl Z', 'undo'],
    ['/', 'menu'],
    ['Tab', 'indent'],
    ['Shift Tab', 'outdent'],
    ['Ctrl Shift ↑', 'up'],
    ['Ctrl Shift ↓', 'down'],
  ],
  go: [
    ['Ctrl F', 'find'],
    ['Ctrl H', 'replace'],
    ['Alt F10', 'tools'],
    ['Esc Tab', 'leave'],
    ['Ctrl /', 'help'],
  ],
} as const;

/** What the keyboard does in a document. */
export function KeyboardHelp({ onClose }: { onClose: () => void }) {
  const t = useTranslations('docsWriting');
  return (
    <Dialog
      title={t('keys.title')}
      closeLabel={t('keys.close')}
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      {(['write', 'go'] as const).map((group) => (
        <section key={group} className="docs-keys">
          <h3>{t(`keys.${group}`)}</h3>
          <ul>
            {keys[group].map(([pressed, what]) => (
              <li key={what}>
                <Shortcut keys={pressed}>{t(`keys.${what}`)}</Shortcut>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Dialog>
  );
}
