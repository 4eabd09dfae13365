'use client';
import { Button } from '@parvis/ui/Button';
import { Icon } from '@parvis/ui/Icon';
import { toast } from '@parvis/ui/Toast';
import { Copy } from 'lucide-react';
import { useTranslations } from 'next-intl';

/** The code to say and the link to send. Of an encrypted meeting the link is copied in the room, where its key is. */
export function CodeLine({ code, encrypted }: { code: string; encrypted: boolean }) {
  const t = useTranslations('meetings');
  return (
    <section aria-labelledby="meeting-code">
      <h2 id="meeting-code">{t('wayIn')}</h2>
      <p className="meetings-buttons">
        <span className="meetings-code-text" dir="ltr">
          {code}
        </span>
        {!encrypted && (
          <Button
            size="small"
            icon={<Icon of={Copy} size="s" />}
            onClick={() =>
              void navigator.clipboard.writeText(`${location.origin}/m/${code}`).then(
                () => toast(t('copied')),
                () => undefined,
              )
            }
          >
            {t('copyLink')}
          </Button>
        )}
      </p>
      {encrypted && <p className="p-meta">{t('encryptedLink')}</p>}
    </section>
  );
}
