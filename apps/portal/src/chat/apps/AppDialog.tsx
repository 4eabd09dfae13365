'use client';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';

const FormDialog = dynamic(() => import('../../shell/FormDialog.tsx').then((part) => part.FormDialog), {
  ssr: false,
});
const Told = dynamic(() => import('./Told.tsx').then((part) => part.Told), { ssr: false });

interface Props {
  title: string;
  children: ReactNode;
  /** Makes it. Resolves to what is shown this once, or to null. */
  make: () => Promise<{ label: string; secret: string; note: string } | null>;
  close: () => void;
}

/** Asks for what something needs, makes it, and shows its secret, which is told once. */
export function AppDialog({ title, children, make, close }: Props) {
  const router = useRouter();
  const [told, setTold] = useState<{ label: string; secret: string; note: string } | null>(null);
  async function submit() {
    const made = await make();
    router.refresh();
    setTold(made);
    return made === null;
  }
  if (told !== null) return <Told title={title} {...told} close={close} />;
  return (
    <FormDialog title={title} onSubmit={submit} close={close}>
      {children}
    </FormDialog>
  );
}
