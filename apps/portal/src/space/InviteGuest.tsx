'use client';
import { call } from '@parvis/contract/call';
import { inviteGuest, type PersonCard, type Space } from '@parvis/contract/directory';
import { guestDaysMax, lineLengthMax, nameLengthMax } from '@parvis/contract/limits';
import { Refusal } from '@parvis/contract/refusal';
import { Button } from '@parvis/ui/Button';
import { DateField } from '@parvis/ui/DateField';
import { Select } from '@parvis/ui/Select';
import { TextField } from '@parvis/ui/TextField';
import { toast } from '@parvis/ui/Toast';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useProblem } from '../problems/useProblem.ts';
import { FirstPassword } from './FirstPassword.tsx';

const roles = ['reader', 'commenter', 'editor'] as const;
type GuestRole = (typeof roles)[number];
/** Days proposed for an access; the sponsor may shorten or lengthen it. */
const usualDays = 90;
const dayMs = 86_400_000;

/** A day as `YYYY-MM-DD` in the person's own zone, so many days from now. */
function dayIn(days: number): string {
  const date = new Date(Date.now() + days * dayMs);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

type Invited = { person: PersonCard; firstPassword: string };

/** Invites somebody from outside, with an end date; shows their first password once, when no mail was sent. */
export function InviteGuest({ space, onInvited }: { space: Space; onInvited: () => void }) {
  const t = useTranslations('space');
  const [invited, setInvited] = useState<Invited | null>(null);
  if (invited !== null) return <FirstPassword {...invited} onDone={() => setInvited(null)} />;
  return (
    <GuestForm
      space={space}
      onInvited={(person, firstPassword) => {
        if (firstPassword === null) toast(t('guestIn', { name: person.name }));
        else setInvited({ person, firstPassword });
        onInvited();
      }}
    />
  );
}

interface FormProps {
  space: Space;
  onInvited: (person: PersonCard, firstPassword: string | null) => void;
}

/** Sends the form; what was refused is said at the field that it is about. */
function useInviting({ space, onInvited }: FormProps, end: string | null, role: GuestRole) {
  const problem = useProblem();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<{ field: string; words: string } | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    const text = (name: string) => String(fields.get(name) ?? '').trim();
    if (end === null) return;
    setBusy(true);
    setError(null);
    try {
      // The whole last day is theirs.
      const endsAt = new Date(`${end}T23:59:59`).toISOString();
      const answer = await call(inviteGuest, {
        id: space.id,
        email: text('email'),
        name: text('name'),
        organisation: text('organisation'),
        endsAt,
        role,
      });
      form.reset();
      onInvited(answer.person, answer.firstPassword);
    } catch (refusal) {
      const field = refusal instanceof Refusal ? refusal.problem.fields?.[0]?.path : undefined;
      setError({ field: field ?? 'email', words: problem(refusal) });
    } finally {
      setBusy(false);
    }
  }
  return { busy, error, submit };
}

function GuestForm(props: FormProps) {
  const t = useTranslations('space');
  const [end, setEnd] = useState<string | null>(() => dayIn(usualDays));
  const [role, setRole] = useState<GuestRole>('commenter');
  const { busy, error, submit } = useInviting(props, end, role);
  const errorOf = (field: string) => (error?.field === field ? error.words : undefined);
  const field = (name: string, label: string, lengthMax: number) => ({
    name,
    label,
    maxLength: lengthMax,
    required: true,
    autoComplete: 'off',
    error: errorOf(name),
  });
  return (
    <form className="guest-form" onSubmit={(event) => void submit(event)}>
      <p className="p-meta guest-wide">{t('guestHelp')}</p>
      <TextField type="email" dir="ltr" {...field('email', t('guestEmail'), nameLengthMax)} />
      <TextField {...field('name', t('guestName'), nameLengthMax)} />
      <TextField {...field('organisation', t('guestOrganisation'), lineLengthMax)} />
      <Select
        label={t('role')}
        options={roles.map((one) => ({ id: one, label: t(`roles.${one}`) }))}
        value={role}
        onChange={(one) => setRole(one as GuestRole)}
      />
      <DateField
        label={t('guestEnd')}
        help={t('guestEndHelp')}
        value={end}
        onChange={setEnd}
        min={dayIn(0)}
        max={dayIn(guestDaysMax - 1)}
        error={errorOf('endsAt')}
        required
      />
      <div className="guest-act">
        <Button kind="main" type="submit" busy={busy} disabled={end === null}>
          {t('guestInvite')}
        </Button>
      </div>
    </form>
  );
}
