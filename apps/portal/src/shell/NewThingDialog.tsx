'use client';
import { call } from '@parvis/contract/call';
import type { Space } from '@parvis/contract/directory';
import { createFolder } from '@parvis/contract/drive';
import { createMeeting } from '@parvis/contract/meet';
import { TextField } from '@parvis/ui/TextField';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { FormDialog } from './FormDialog.tsx';
import { wayTo } from './resource-way.ts';

export type NewKind = 'folder' | 'meeting';

/** Makes the thing and answers it. */
function make(kind: NewKind, space: Space, name: string) {
  if (kind === 'folder') return call(createFolder, { parentId: space.id, name });
  return call(createMeeting, { spaceId: space.id, title: name });
}

/** Asks for the name of a new thing, makes it and goes there. */
export function NewThingDialog({ kind, space, close }: { kind: NewKind; space: Space; close: () => void }) {
  const t = useTranslations('shell');
  const router = useRouter();
  const [name, setName] = useState('');

  async function submit() {
    const thing = await make(kind, space, name);
    router.push(wayTo(thing));
    router.refresh();
  }

  return (
    <FormDialog title={t(`newThing.${kind}`)} onSubmit={submit} close={close}>
      {(refusal) => (
        <TextField
          label={t('name')}
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={refusal}
          required
          autoFocus
        />
      )}
    </FormDialog>
  );
}
