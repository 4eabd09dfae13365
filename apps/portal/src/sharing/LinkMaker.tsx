'use client';
import { call } from '@parvis/contract/call';
import { linkPasswordLengthMax, linkPasswordLengthMin } from '@parvis/contract/limits';
import { createLink, type Reason } from '@parvis/contract/sharing';
import type { Resource } from '@parvis/contract/shape';
import { Button } from '@parvis/ui/Button';
import { DateField } from '@parvis/ui/DateField';
import { Icon } from '@parvis/ui/Icon';
import { Select } from '@parvis/ui/Select';
import { TextField } from '@parvis/ui/TextField';
import { toast } from '@parvis/ui/Toast';
import { Link2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useProblem } from '../problems/useProblem.ts';
import { endOfDay } from './end-of-day.ts';

const reaches = ['members', 'public'] as const;
const roles = ['reader', 'commenter', 'editor'] as const;
type Reach = (typeof reaches)[number];
type LinkRole = (typeof roles)[number];

interface Props {
  resource: Resource;
  onMade: (reasons: Reason[]) => void;
}

/** The address that a link's secret is followed by. */
function addressOf(secret: string): string {
  return `${location.origin}/link/${secret}`;
}

/** Makes a link: for whom, with which role, until when, behind a password. Its secret is shown once, and copied at once. */
export function LinkMaker({ resource, onMade }: Props) {
  const t = useTranslations('sharing');
  const [open, setOpen] = useState(false);
  const [address, setAddress] = useState<string | null>(null);
  return (
    <div className="share-link">
      {open ? (
        <LinkForm
          resource={resource}
          onMade={(reasons, secret) => {
            const url = addressOf(secret);
            setAddress(url);
            setOpen(false);
            onMade(reasons);
            void navigator.clipboard?.writeText(url).then(
              () => toast(t('copied')),
              () => undefined,
            );
          }}
        />
      ) : (
        <Button icon={<Icon of={Link2} size="s" />} onClick={() => setOpen(true)}>
          {t('makeLink')}
        </Button>
      )}
      {address !== null && !open && (
        <TextField label={t('address')} value={address} readOnly dir="ltr" help={t('addressHelp')} />
      )}
    </div>
  );
}

interface FormProps {
  resource: Resource;
  onMade: (reasons: Reason[], secret: string) => void;
}

function LinkForm({ resource, onMade }: FormProps) {
  const t = useTranslations('sharing');
  const space = useTranslations('space');
  const problem = useProblem();
  const [reach, setReach] = useState<Reach>('members');
  const [role, setRole] = useState<LinkRole>('reader');
  const [end, setEnd] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get('password');
    const password = typeof typed === 'string' && typed !== '' ? typed : null;
    const expiresAt = end === null ? null : endOfDay(end);
    setBusy(true);
    try {
      const made = await call(createLink, { id: resource.id, reach, role, expiresAt, password });
      onMade(made.reasons, made.secret);
    } catch (error) {
      toast(problem(error), { tone: 'bad' });
    } finally {
      setBusy(false);
    }
  }
  return (
    <form className="share-link-form" onSubmit={(event) => void submit(event)}>
      <Select
        label={t('reach')}
        options={reaches.map((one) => ({
          id: one,
          label: t(`reaches.${one}`),
          note: t(`reachNotes.${one}`),
        }))}
        value={reach}
        onChange={(one) => setReach(one as Reach)}
      />
      <Select
        label={space('role')}
        options={roles.map((one) => ({ id: one, label: space(`roles.${one}`) }))}
        value={role}
        onChange={(one) => setRole(one as LinkRole)}
      />
      <DateField label={t('end')} value={end} onChange={setEnd} help={t('endHelp')} />
      <TextField
        label={t('password')}
        name="password"
        type="password"
        autoComplete="new-password"
        minLength={linkPasswordLengthMin}
        maxLength={linkPasswordLengthMax}
        help={t('passwordHelp', { length: linkPasswordLengthMin })}
      />
      <Button kind="main" type="submit" busy={busy}>
        {t('create')}
      </Button>
    </form>
  );
}
