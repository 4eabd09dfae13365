'use client';
import { linkPasswordLengthMax, linkPasswordLengthMin } from '@parvis/contract/limits';
import type { Reason } from '@parvis/contract/sharing';
import type { Role } from '@parvis/contract/shape';
import { Button } from '@parvis/ui/Button';
import { DateField } from '@parvis/ui/DateField';
import { exactTime } from '@parvis/ui/format';
import { Icon } from '@parvis/ui/Icon';
import { PersonChip } from '@parvis/ui/PersonChip';
import { Select } from '@parvis/ui/Select';
import { TextField } from '@parvis/ui/TextField';
import { Globe, KeyRound, Link2, Users } from 'lucide-react';
import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { dayOf, endOfDay } from './end-of-day.ts';

const shapes = { group: Users, everyone: Globe, link: Link2 } as const;

/** What a line of access is changed to. `password` only for links: null takes it away, left out it stays. */
export interface AccessChange {
  readonly role: Role;
  readonly expiresAt: string | null;
  readonly password?: string | null;
}

interface Props {
  reason: Reason;
  /** Given where the person may change this line. */
  change: ((wanted: AccessChange) => Promise<void>) | undefined;
  take: (() => void) | undefined;
}

/** One line: who, with which role, until when, and why. */
export function ReasonRow({ reason, change, take }: Props) {
  const t = useTranslations('sharing');
  const shell = useTranslations('shell');
  const space = useTranslations('space');
  const [editing, setEditing] = useState(false);
  const name = useNameOf(reason);
  return (
    <li>
      {reason.person !== null ? (
        <PersonChip
          id={reason.person.id}
          name={reason.person.name}
          guest={reason.person.kind === 'guest' ? shell(reason.person.bot ? 'bot' : 'guest') : undefined}
        />
      ) : (
        <span className="p-person">
          <Icon of={shapes[reason.subjectKind as keyof typeof shapes] ?? Users} />
          <bdi>{name}</bdi>
          {reason.hasPassword && (
            <>
              <Icon of={KeyRound} size="s" />
              <span className="p-sr">{t('hasPassword')}</span>
            </>
          )}
        </span>
      )}
      <Why reason={reason} />
      <span className="p-meta">{space(`roles.${reason.role}`)}</span>
      {change !== undefined && (
        <Button kind="quiet" aria-expanded={editing} onClick={() => setEditing(!editing)}>
          {t('change')}
          <span className="p-sr"> {name}</span>
        </Button>
      )}
      {editing && change !== undefined && (
        <AccessForm
          reason={reason}
          onSave={(wanted) => change(wanted).then(() => setEditing(false))}
          onTake={take}
        />
      )}
    </li>
  );
}

/** What stands for the subject of a line where it is no person. */
function useNameOf(reason: Reason): string {
  const t = useTranslations('sharing');
  if (reason.subjectKind === 'everyone') return t('everyone');
  if (reason.subjectKind === 'link') return t(reason.name === 'public' ? 'publicLink' : 'link');
  return reason.name;
}

function Why({ reason }: { reason: Reason }) {
  const t = useTranslations('sharing');
  const locale = useLocale();
  const timeZone = useTimeZone();
  return (
    <span className="p-meta share-why">
      {reason.inherited ? t.rich('through', { name: () => <bdi>{reason.from.title}</bdi> }) : t('here')}
      {reason.expiresAt !== null &&
        ` · ${t('until', { date: exactTime(reason.expiresAt, locale, { timeZone }) })}`}
    </span>
  );
}

const linkRoles = ['reader', 'commenter', 'editor'] as const;
const personRoles = ['reader', 'commenter', 'editor', 'manager', 'owner'] as const;

interface FormProps {
  reason: Reason;
  onSave: (wanted: AccessChange) => Promise<void>;
  onTake: (() => void) | undefined;
}

/** Role, end and, for a link, its password. */
function AccessForm({ reason, onSave, onTake }: FormProps) {
  const t = useTranslations('sharing');
  const space = useTranslations('space');
  const isLink = reason.subjectKind === 'link';
  const roles = (isLink ? linkRoles : personRoles).filter(
    (one) => one !== 'owner' || reason.role === 'owner',
  );
  const [role, setRole] = useState<Role>(reason.role);
  const [end, setEnd] = useState(reason.expiresAt === null ? null : dayOf(reason.expiresAt));
  const [busy, setBusy] = useState(false);
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get('password');
    const password = isLink && typeof typed === 'string' && typed !== '' ? { password: typed } : {};
    setBusy(true);
    void onSave({ role, expiresAt: end === null ? null : endOfDay(end), ...password }).finally(() =>
      setBusy(false),
    );
  }
  return (
    <form className="share-edit" onSubmit={submit}>
      <Select
        label={space('role')}
        options={roles.map((one) => ({ id: one, label: space(`roles.${one}`) }))}
        value={role}
        onChange={(one) => setRole(one as Role)}
      />
      <DateField label={t('end')} value={end} onChange={setEnd} />
      {isLink && (
        <TextField
          label={t(reason.hasPassword ? 'newPassword' : 'password')}
          name="password"
          type="password"
          autoComplete="new-password"
          minLength={linkPasswordLengthMin}
          maxLength={linkPasswordLengthMax}
        />
      )}
      <div className="share-edit-acts">
        <Button kind="main" type="submit" busy={busy}>
          {t('save')}
        </Button>
        {reason.hasPassword && (
          <Button onClick={() => void onSave({ role, expiresAt: reason.expiresAt, password: null })}>
            {t('dropPassword')}
          </Button>
        )}
        {onTake && (
          <Button kind="danger-quiet" onClick={onTake}>
            {t('take')}
          </Button>
        )}
      </div>
    </form>
  );
}
