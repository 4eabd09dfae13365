'use client';
import { call } from '@parvis/contract/call';
import { linkPasswordLengthMax } from '@parvis/contract/limits';
import { openLink } from '@parvis/contract/sharing';
import { Button } from '@parvis/ui/Button';
import { TextField } from '@parvis/ui/TextField';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useProblem } from '../problems/useProblem.ts';

/** Asks for the password of a link; given the right one, the page is opened with the key that it gives. */
export function PasswordDoor({ secret }: { secret: string }) {
  const t = useTranslations('link');
  const problem = useProblem();
  const router = useRouter();
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get('password') ?? '');
    setBusy(true);
    try {
      const { key } = await call(openLink, { secret, password });
      router.replace(`/link/${secret}?key=${key}`);
    } catch (error) {
      setWrong(problem(error));
      setBusy(false);
    }
  }
  return (
    <form className="visitor-door" onSubmit={(event) => void submit(event)}>
      <h1>{t('locked')}</h1>
      <p className="p-meta">{t('lockedHelp')}</p>
      <TextField
        label={t('password')}
        name="password"
        type="password"
        autoComplete="off"
        required
        maxLength={linkPasswordLengthMax}
        error={wrong}
      />
      <Button kind="main" type="submit" busy={busy}>
        {t('open')}
      </Button>
    </form>
  );
}
