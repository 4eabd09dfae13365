'use client';
import { call } from '@parvis/contract/call';
import { openDirect } from '@parvis/contract/chat-direct';
import { directPeopleMax } from '@parvis/contract/limits';
import type { Person } from '@parvis/contract/shape';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { FormDialog } from '../../shell/FormDialog.tsx';
import { PeoplePicker } from '../channel/PeoplePicker.tsx';

/** Asks with whom, and goes to the one conversation that these people have. */
export function NewDirectDialog({ close }: { close: () => void }) {
  const t = useTranslations('chatDirect');
  const router = useRouter();
  const [picked, setPicked] = useState<readonly Person[]>([]);
  async function submit() {
    const { id } = await call(openDirect, { personIds: picked.map((one) => one.id) });
    router.push(`/chat/${id}`);
    router.refresh();
  }
  return (
    <FormDialog
      title={t('new')}
      action={t('begin')}
      incomplete={picked.length === 0}
      onSubmit={submit}
      close={close}
    >
      <PeoplePicker label={t('whom')} picked={picked} onPick={setPicked} max={directPeopleMax - 1} />
      <p className="p-meta">{t('newHelp', { max: directPeopleMax - 1 })}</p>
    </FormDialog>
  );
}
