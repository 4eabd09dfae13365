'use client';
import { Dialog } from '@parvis/ui/Dialog';
import { Kbd } from '@parvis/ui/Kbd';
import { useTranslations } from 'next-intl';
import { roomKeys } from './useKeys.ts';

/** The keys of the room, in one window. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('meetRoom');
  const lines = Object.entries(roomKeys).map(([key, act]) => [key.toUpperCase(), act] as const);
  return (
    <Dialog title={t('keys')} closeLabel={t('closePanel')} open onOpenChange={(open) => !open && onClose()}>
      <dl className="meet-keys">
        <div>
          <dt>
            <Kbd>{t('space')}</Kbd>
          </dt>
          <dd>{t('key.talk')}</dd>
        </div>
        {lines.map(([key, act]) => (
          <div key={key}>
            <dt>
              <Kbd>{key}</Kbd>
            </dt>
            <dd>{t(`key.${act}`)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
