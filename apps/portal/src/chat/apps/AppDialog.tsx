'use client';
import { Button } from '@parvis/ui/Button';
import { Dialog } from '@parvis/ui/Dialog';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';
import { Told } from './Told.tsx';

interface Props {
  title: string;
  children: ReactNode;
  /** Makes it. Resolves to what is shown this once, or to null. */
  make: () => Promise<{ label: string; secret: string; note: string } | null>;
  close: () => void;
}

/** Asks for what something needs, makes it, and shows its secret, which is told once. */
export function AppDialog({ title, children, make, close }: Props) {
  const shell = useTranslations('shell');
  const problem = useProblem();
  const router = useRouter();
  const form = useId();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [told, setTold] = useState<{ label: string; secret: string; note: string } | null>(null);
  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const made = await make();
      router.refresh();
      if (made === null) close();
      else setTold(made);
    } catch (refusal) {
      setError(problem(refusal));
    } finally {
      setBusy(false);
    }
  }
  if (told !== null) return <Told title={title} {...told} close={close} />;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={title}
      closeLabel={shell('close')}
      actions={
        <>
          <Button kind="quiet" onClick={close}>
            {shell('cancel')}
          </Button>
          <Button kind="main" type="submit" form={form} busy={busy}>
            {shell('create')}
          </Button>
        </>
      }
    >
      <form id={form} className="p-form" onSubmit={submit}>
        {children}
        {error !== null && (
          <p role="alert" className="app-error">
            {error}
          </p>
        )}
      </form>
    </Dialog>
  );
}
