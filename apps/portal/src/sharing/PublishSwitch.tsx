'use client';
import { call } from '@parvis/contract/call';
import {
  getPublication,
  type Publication,
  publishDocument,
  unpublishDocument,
} from '@parvis/contract/doc-blocks';
import { Switch } from '@parvis/ui/Choice';
import { TextField } from '@parvis/ui/TextField';
import { toast } from '@parvis/ui/Toast';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useProblem } from '../problems/useProblem.ts';

/** Puts a document on the web at an address that anybody may know, and takes it off again. */
export function PublishSwitch({ id, onChanged }: { id: string; onChanged: () => void }) {
  const t = useTranslations('sharing');
  const problem = useProblem();
  const [publication, setPublication] = useState<Publication | null>(null);
  useEffect(() => {
    call(getPublication, { id }).then(setPublication, () => undefined);
  }, [id]);
  async function set(on: boolean) {
    try {
      setPublication(await call(on ? publishDocument : unpublishDocument, { id }));
      onChanged();
    } catch (error) {
      toast(problem(error), { tone: 'bad' });
    }
  }
  if (publication === null) return null;
  const { address } = publication;
  return (
    <div className="share-publish">
      <Switch
        label={t('publish')}
        note={t('publishNote')}
        faceAtEnd
        checked={address !== null}
        onChange={(event) => void set(event.target.checked)}
      />
      {address !== null && (
        <TextField
          label={t('published')}
          value={`${location.origin}/published/${address}`}
          readOnly
          dir="ltr"
        />
      )}
    </div>
  );
}
