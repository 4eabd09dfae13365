'use client';
import { Button } from '@parvis/ui/Button';
import { Dialog } from '@parvis/ui/Dialog';
import { useTranslations } from 'next-intl';

interface Props {
  /** Changes that would be lost. */
  changes: number;
  onStay: () => void;
  onLeave: () => void;
}

/** Asked before a person signs out while something they wrote is in this browser only. */
export function LeaveQuestion({ changes, onStay, onLeave }: Props) {
  const t = useTranslations('docsOffline');
  return (
    <Dialog
      open
      kind="alert"
      title={t('leaveTitle')}
      onOpenChange={(open) => !open && onStay()}
      actions={
        <>
          <Button kind="danger" onClick={onLeave}>
            {t('leaveAnyway')}
          </Button>
          <Button kind="main" onClick={onStay}>
            {t('stay')}
          </Button>
        </>
      }
    >
      {t('leaveHelp', { count: changes })}
    </Dialog>
  );
}
