'use client';
import './sharing.css';
import { askForAccess } from '@parvis/contract/access-request';
import { call } from '@parvis/contract/call';
import { lineLengthMax } from '@parvis/contract/limits';
import { Button } from '@parvis/ui/Button';
import { TextField } from '@parvis/ui/TextField';
import { toast } from '@parvis/ui/Toast';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useProblem } from '../problems/useProblem.ts';

/** Addresses of things that somebody may be let in to; the rest of the house has no door of its own. */
const askable = /^\/(?:docs|drive|meet)\/([0-9a-f]{8}-[0-9a-f-]{27})(?:\/|$)/;

/**
 * On the page of what was not found: a wish to be let in, for those who follow an address that a colleague gave them.
 * It says the same whether there is something or not.
 */
export function AskForAccess() {
  const t = useTranslations('sharing');
  const problem = useProblem();
  const resourceId = askable.exec(usePathname())?.[1];
  const [state, setState] = useState<'open' | 'busy' | 'sent'>('open');
  if (resourceId === undefined) return null;
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const note = String(new FormData(event.currentTarget).get('note') ?? '');
    setState('busy');
    try {
      await call(askForAccess, { resourceId: resourceId as string, note });
      setState('sent');
    } catch (error) {
      setState('open');
      toast(problem(error), { tone: 'bad' });
    }
  }
  if (state === 'sent')
    return (
      <p className="p-meta" role="status">
        {t('asked')}
      </p>
    );
  return (
    <form className="share-ask" onSubmit={(event) => void submit(event)}>
      <p>{t('askHelp')}</p>
      <TextField label={t('note')} name="note" maxLength={lineLengthMax} />
      <Button type="submit" busy={state === 'busy'}>
        {t('ask')}
      </Button>
    </form>
  );
}
