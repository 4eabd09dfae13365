'use client';
import { Button } from '@parvis/ui/Button';
import { Dialog } from '@parvis/ui/Dialog';
import { useTranslations } from 'next-intl';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { useProblem } from '../problems/useProblem.ts';

interface Props {
  title: ReactNode;
  /** The word on the button that does it; "create" when absent. */
  action?: ReactNode;
  /**
   * Does what is asked. The dialog closes when it is done, unless the answer is `false`; a refusal is said in it, and
   * what was typed stays.
   */
  onSubmit: () => Promise<boolean | void>;
  close: () => void;
  /** There is nothing to send yet. */
  incomplete?: boolean;
  size?: 'm' | 'l';
  /** The fields; as a function they are given the refusal, to say it beside the field that it is about. */
  children: ReactNode | ((refusal: string | undefined) => ReactNode);
}

/** A dialog that asks for something and does it: the fields, what went wrong, a way back and the one main act. */
export function FormDialog(props: Props) {
  const { title, action, onSubmit, close, incomplete = false, size, children } = props;
  const shell = useTranslations('shell');
  const problem = useProblem();
  const form = useId();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | undefined>();
  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy || incomplete) return;
    setBusy(true);
    setRefusal(undefined);
    try {
      if ((await onSubmit()) !== false) close();
    } catch (error) {
      setRefusal(problem(error));
      setBusy(false);
    }
  }
  const saysItself = typeof children === 'function';
  return (
    <Dialog
      open
      size={size}
      onOpenChange={(open) => !open && close()}
      title={title}
      closeLabel={shell('close')}
      actions={
        <>
          <Button kind="quiet" onClick={close}>
            {shell('cancel')}
          </Button>
          <Button kind="main" type="submit" form={form} busy={busy} aria-disabled={incomplete || undefined}>
            {action ?? shell('create')}
          </Button>
        </>
      }
    >
      <form id={form} className="p-form" onSubmit={(event) => void submit(event)}>
        {saysItself ? children(refusal) : children}
        {!saysItself && refusal !== undefined && (
          <p role="alert" className="p-error">
            {refusal}
          </p>
        )}
      </form>
    </Dialog>
  );
}
