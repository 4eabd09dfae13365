'use client';
import { call } from '@parvis/contract/call';
import { listSpaces, type Space } from '@parvis/contract/directory';
import { Select } from '@parvis/ui/Select';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { FormDialog } from '../../shell/FormDialog.tsx';
import { documentOf } from './minutes-document.ts';

interface Props {
  meetingId: string;
  close: () => void;
  onDone: () => Promise<void>;
}

/** Asks in which space the minutes of a meeting become a document that has no space itself, and makes it there. */
export function PlaceDialog({ meetingId, close, onDone }: Props) {
  const t = useTranslations('meetKept');
  const [spaces, setSpaces] = useState<readonly Space[] | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    call(listSpaces, {}, { signal: stop.signal }).then(
      (answer) => setSpaces(answer.spaces.filter(({ abilities }) => abilities.edit)),
      () => !stop.signal.aborted && setSpaces([]),
    );
    return () => stop.abort();
  }, []);
  const spaceId = chosen ?? spaces?.[0]?.id;
  async function submit() {
    if (spaceId === undefined) return false;
    await documentOf(meetingId, spaceId);
    await onDone();
  }
  return (
    <FormDialog
      title={t('makeDocument')}
      action={t('makeDocumentHere')}
      onSubmit={submit}
      close={close}
      incomplete={spaceId === undefined}
    >
      <p>{t(spaces?.length === 0 ? 'noPlace' : 'placeWhy')}</p>
      {spaceId !== undefined && (
        <Select
          label={t('place')}
          value={spaceId}
          onChange={setChosen}
          options={(spaces ?? []).map(({ id, title }) => ({ id, label: title }))}
        />
      )}
    </FormDialog>
  );
}
