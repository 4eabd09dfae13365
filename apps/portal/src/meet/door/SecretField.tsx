'use client';
import { Button } from '@parvis/ui/Button';
import { Icon } from '@parvis/ui/Icon';
import { TextField } from '@parvis/ui/TextField';
import { ShieldCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { secretIn } from '../useSecret.ts';
import type { Visit } from '../visit.ts';

interface Props {
  secret: string | null | undefined;
  visit: Visit;
  onSecret: (secret: string) => void;
  onMake: () => void;
}

/** What end-to-end encryption gives and costs, and the key where it is missing. */
export function SecretField({ secret, visit, onSecret, onMake }: Props) {
  const t = useTranslations('meet');
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);
  const fresh = visit.meeting?.myRole === 'organiser' && visit.meeting.startedAt === null;
  return (
    <section className="meet-secret">
      <h2>
        <Icon of={ShieldCheck} size="s" /> {t('secret.title')}
      </h2>
      <p className="p-meta">{t('secret.costs')}</p>
      {secret === null && fresh && (
        <>
          <p>{t('secret.fresh')}</p>
          <Button onClick={onMake}>{t('secret.make')}</Button>
        </>
      )}
      {secret === null && !fresh && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            const found = secretIn(text);
            setWrong(found === null);
            if (found !== null) onSecret(found);
          }}
        >
          <TextField
            label={t('secret.field')}
            help={t('secret.missing')}
            error={wrong ? t('secret.wrong') : undefined}
            value={text}
            autoComplete="off"
            onChange={(event) => setText(event.target.value)}
          />
          <Button type="submit">{t('secret.use')}</Button>
        </form>
      )}
    </section>
  );
}
