'use client';
import './keys.css';
import { Dialog } from '@parvis/ui/Dialog';
import { Kbd } from '@parvis/ui/Kbd';
import { useTranslations } from 'next-intl';

/** Keys by where they work, and the name of their words. */
const groups = [
  {
    id: 'everywhere',
    keys: [
      ['Ctrl K', 'find'],
      ['Alt ↑ ↓', 'channels'],
      ['Alt Shift ↑ ↓', 'unread'],
      ['Ctrl /', 'help'],
    ],
  },
  {
    id: 'writing',
    keys: [
      ['↵', 'send'],
      ['Shift ↵', 'line'],
      ['↑', 'editLast'],
      ['Esc', 'cancel'],
    ],
  },
  {
    id: 'message',
    keys: [
      ['↑ ↓', 'walk'],
      ['+', 'react'],
      ['R', 'reply'],
      ['Q', 'quote'],
      ['E', 'edit'],
      ['P', 'pin'],
      ['U', 'unreadFrom'],
      ['C', 'copyLink'],
      ['H', 'history'],
      ['M', 'menu'],
      ['Del', 'delete'],
      ['Esc', 'write'],
    ],
  },
] as const;

/** The keys of the house, in one window. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('shellKeys');
  const shell = useTranslations('shell');
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('title')}
      closeLabel={shell('close')}
      size="l"
    >
      <div className="keys-groups">
        {groups.map(({ id, keys }) => (
          <section key={id} aria-labelledby={`keys-${id}`}>
            <h3 id={`keys-${id}`}>{t(`groups.${id}`)}</h3>
            <dl>
              {keys.map(([key, words]) => (
                <div key={words}>
                  <dt>{t(`words.${words}`)}</dt>
                  <dd>
                    <Kbd>{key}</Kbd>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
