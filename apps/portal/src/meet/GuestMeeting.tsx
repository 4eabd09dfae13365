'use client';
import './meet.css';
import { call } from '@parvis/contract/call';
import { nameLengthMax } from '@parvis/contract/limits';
import { knockAsGuest, knockMeeting } from '@parvis/contract/meet-lobby';
import type { Person } from '@parvis/contract/shape';
import { TextField } from '@parvis/ui/TextField';
import { useTranslations } from 'next-intl';
import { useEffect, useMemo, useState } from 'react';
import { Toasts } from '../shell/Toasts.tsx';
import { Attending } from './Attending.tsx';
import { comeIn } from './useEntering.ts';
import type { Visit } from './visit.ts';

interface Props {
  code: string;
  /** The meeting as its door shows it. */
  meeting: { meetingId: string; title: string; encrypted: boolean; endedAt: string | null };
  /** Somebody of the house to whom the meeting is not open by itself: they knock as themselves. */
  person: Person | null;
}

const kept = (id: string) => `parvis-meet-pass-${id}`;
interface Kept {
  pass: string;
  name: string;
}

/** What this tab was given at an earlier knock: a reload does not put anybody out. */
function rememberedPass(id: string): Kept | null {
  try {
    return JSON.parse(sessionStorage.getItem(kept(id)) ?? 'null') as Kept | null;
  } catch {
    return null;
  }
}

/**
 * A meeting for whoever came by its code: without an account under a name that nobody has checked, with a pass for this
 * meeting alone; with one as oneself.
 */
export function GuestMeeting({ code, meeting, person }: Props) {
  const t = useTranslations('meet');
  const [name, setName] = useState('');
  const [pass, setPass] = useState<string>();
  useEffect(() => {
    const known = person === null ? rememberedPass(meeting.meetingId) : null;
    if (known === null) return;
    setName(known.name);
    setPass(known.pass);
  }, [meeting.meetingId, person]);
  const visit = useMemo<Visit>(
    () => ({
      id: meeting.meetingId,
      title: meeting.title,
      encrypted: meeting.encrypted,
      code,
      meeting: null,
      ...(pass !== undefined && { pass }),
    }),
    [meeting, code, pass],
  );
  async function ask() {
    if (person !== null) return call(knockMeeting, { code });
    if (pass !== undefined) return comeIn(visit);
    const given = await call(knockAsGuest, { code, name: name.trim() });
    sessionStorage.setItem(kept(meeting.meetingId), JSON.stringify({ pass: given.pass, name: name.trim() }));
    setPass(given.pass);
    return given;
  }
  return (
    <div className="meet-guest">
      <Attending
        visit={visit}
        me={person ?? { id: meeting.meetingId, name: name || '?' }}
        serverState="ready"
        ended={meeting.endedAt !== null}
        back={null}
        ask={ask}
        may={person !== null || name.trim() !== ''}
      >
        {person === null && (
          <TextField
            label={t('guest.name')}
            help={t('guest.note')}
            value={name}
            maxLength={nameLengthMax}
            autoComplete="name"
            readOnly={pass !== undefined}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Attending>
      <Toasts />
    </div>
  );
}
