'use client';
import { Button } from '@parvis/ui/Button';
import { TextField } from '@parvis/ui/TextField';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { codeIn } from './code.ts';

/** The way in for whoever was told a code. */
export function CodeField() {
  const t = useTranslations('meetings');
  const router = useRouter();
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);
  function go(event: FormEvent) {
    event.preventDefault();
    const code = codeIn(text);
    setWrong(code === null);
    if (code !== null) router.push(`/m/${code}`);
  }
  return (
    <form className="meetings-code" onSubmit={go}>
      <TextField
        label={t('code')}
        placeholder="abc-defg-hij"
        dir="ltr"
        value={text}
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        error={wrong ? t('codeWrong') : undefined}
        onChange={(event) => {
          setText(event.target.value);
          setWrong(false);
        }}
      />
      <Button type="submit">{t('join')}</Button>
    </form>
  );
}
