'use client';
import type { Message } from '@parvis/contract/chat-entry';
import { Button } from '@parvis/ui/Button';
import { Dialog } from '@parvis/ui/Dialog';
import { useTranslations } from 'next-intl';

interface Props {
  message: Message;
  onRemove: () => void;
  onClose: () => void;
}

/** The question before a message is deleted: it cannot be taken back. */
export function RemoveDialog({ message, onRemove, onClose }: Props) {
  const t = useTranslations('chatMessage');
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      kind="alert"
      title={t('removeTitle')}
      actions={(close) => (
        <>
          <Button kind="quiet" onClick={close}>
            {t('cancel')}
          </Button>
          <Button
            kind="danger"
            onClick={() => {
              onRemove();
              close();
            }}
          >
            {t('acts.delete')}
          </Button>
        </>
      )}
    >
      <p>{t('removeHelp')}</p>
      <blockquote className="chat-quote" dir="auto">
        {message.body.slice(0, 200)}
      </blockquote>
    </Dialog>
  );
}
