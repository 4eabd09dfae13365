'use client';
import { call } from '@parvis/contract/call';
import { changeMeeting, getMeeting } from '@parvis/contract/meet';
import { changePlan, type MeetingPlan, scheduleMeeting } from '@parvis/contract/meet-schedule';
import { meetingDescriptionLengthMax, nameLengthMax } from '@parvis/contract/limits';
import { Button } from '@parvis/ui/Button';
import { Checkbox } from '@parvis/ui/Choice';
import { Dialog } from '@parvis/ui/Dialog';
import { Select } from '@parvis/ui/Select';
import { TextArea, TextField } from '@parvis/ui/TextField';
import { toast } from '@parvis/ui/Toast';
import { useTranslations } from 'next-intl';
import { type FormEvent, useEffect, useState } from 'react';
import { useProblem } from '../problems/useProblem.ts';
import { type Draft, draftOf, invitedOf, newDraft, type Place, whenOf } from './draft.ts';
import { InviteFields } from './InviteFields.tsx';
import { WhenFields } from './WhenFields.tsx';

interface Props {
  /** Spaces in which it may be held; given where the person may choose. */
  spaces?: readonly Place[];
  /** The one that is chosen, and what it is called, to begin with. */
  spaceId?: string;
  /** The channel whose people it is for, and where they write; then no space is chosen. */
  channelId?: string;
  /** The document whose readers it is for; then no space is chosen either. */
  documentId?: string;
  title?: string;
  /** The meeting that is changed; absent for a new one. */
  plan?: MeetingPlan;
  close: () => void;
  onDone: () => void;
}

const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
function wallNow(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
/** Whether somebody moved the hours, and not only the words. */
const sameTimes = (a: Draft, b: Draft) => JSON.stringify(whenOf(a)) === JSON.stringify(whenOf(b));

/** Keeps the form: a new meeting, or the changes of one. */
function useSaving({ plan, channelId, documentId, close, onDone }: Props, first: Draft, draft: Draft) {
  const t = useTranslations('meetings');
  const problem = useProblem();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | undefined>();
  async function make() {
    const { title, description, spaceId, access, encrypted } = draft;
    await call(scheduleMeeting, {
      title,
      description,
      spaceId,
      channelId: channelId ?? null,
      documentId: documentId ?? null,
      access,
      encrypted,
      ...whenOf(draft),
      ...invitedOf(draft),
    });
  }
  async function change(id: string) {
    const { title, description, access } = draft;
    await call(changePlan, {
      id,
      invited: invitedOf(draft),
      ...(title === first.title ? {} : { title }),
      ...(description === first.description ? {} : { description }),
      ...(sameTimes(draft, first) ? {} : { when: whenOf(draft) }),
    });
    if (access !== first.access) await call(changeMeeting, { id, access });
  }
  async function save(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setError(undefined);
    try {
      await (plan === undefined ? make() : change(plan.meetingId));
      toast(t(plan === undefined ? 'scheduled' : 'changed'));
      onDone();
      close();
    } catch (refusal) {
      setBusy(false);
      setError(problem(refusal));
    }
  }
  return { busy, error, save };
}

/** What stands in the form, and what stood there at first. */
function useDraft({ spaceId, title, plan }: Props) {
  const [first, setFirst] = useState<Draft>(() =>
    plan === undefined
      ? newDraft(wallNow(), ownZone(), spaceId ?? null, title)
      : draftOf(plan, new Date(), 'members'),
  );
  const [draft, setDraft] = useState(first);
  const put = (change: Partial<Draft>) => setDraft((now) => ({ ...now, ...change }));
  const id = plan?.meetingId;
  useEffect(() => {
    if (id === undefined) return;
    // How one comes in stands with the meeting, not with its times.
    void call(getMeeting, { id }).then(
      ({ access }) => {
        setFirst((now) => ({ ...now, access }));
        setDraft((now) => ({ ...now, access }));
      },
      () => undefined,
    );
  }, [id]);
  return { first, draft, setDraft, put };
}

/** Asks what is needed for a meeting at another time: what, when, who, and how one comes in. */
export function ScheduleDialog(props: Props) {
  const { spaces = [], plan, close } = props;
  const t = useTranslations('meetings');
  const shell = useTranslations('shell');
  const { first, draft, setDraft, put } = useDraft(props);
  const { busy, error, save } = useSaving(props, first, draft);
  return (
    <Dialog
      open
      size="l"
      onOpenChange={(open) => !open && close()}
      title={t(plan === undefined ? 'scheduleTitle' : 'changeTitle')}
      closeLabel={shell('close')}
      actions={
        <>
          <Button kind="quiet" onClick={close}>
            {shell('cancel')}
          </Button>
          <Button kind="main" type="submit" form="schedule" busy={busy}>
            {t(plan === undefined ? 'scheduleDo' : 'changeDo')}
          </Button>
        </>
      }
    >
      <form id="schedule" className="p-form meetings-form" onSubmit={(event) => void save(event)}>
        <TextField
          label={t('titleField')}
          value={draft.title}
          maxLength={nameLengthMax}
          required
          autoFocus={plan === undefined}
          onChange={(event) => put({ title: event.target.value })}
        />
        <WhenFields draft={draft} onDraft={setDraft} />
        {plan === undefined && spaces.length > 0 && <Where spaces={spaces} draft={draft} put={put} />}
        <InviteFields draft={draft} put={put} />
        <TextArea
          label={t('about')}
          value={draft.description}
          maxLength={meetingDescriptionLengthMax}
          onChange={(event) => put({ description: event.target.value })}
        />
        <WayIn draft={draft} put={put} fresh={plan === undefined} />
        {error !== undefined && (
          <p className="meetings-wrong" role="alert">
            {error}
          </p>
        )}
      </form>
    </Dialog>
  );
}

interface PartProps {
  draft: Draft;
  put: (change: Partial<Draft>) => void;
}

/** In a space, or for those alone who are invited. */
function Where({ spaces, draft, put }: PartProps & { spaces: readonly Place[] }) {
  const t = useTranslations('meetings');
  return (
    <Select
      label={t('where')}
      value={draft.spaceId ?? 'none'}
      options={[
        { id: 'none', label: t('whereNone') },
        ...spaces.map(({ id: one, title: name }) => ({ id: one, label: name })),
      ]}
      onChange={(one) => put({ spaceId: one === 'none' ? null : one })}
    />
  );
}

/** Who comes in without waiting; and, for a new one, whether the house may hear what is said. */
function WayIn({ draft, put, fresh }: PartProps & { fresh: boolean }) {
  const t = useTranslations('meetings');
  return (
    <>
      <Select
        label={t('access')}
        value={draft.access}
        options={(['open', 'members', 'invited'] as const).map((one) => ({
          id: one,
          label: t(`accesses.${one}`),
          note: t(`accessNotes.${one}`),
        }))}
        onChange={(one) => put({ access: one as Draft['access'] })}
      />
      {fresh && (
        <Checkbox
          checked={draft.encrypted}
          onChange={(event) => put({ encrypted: event.target.checked })}
          label={t('encrypted')}
          note={t('encryptedNote')}
        />
      )}
    </>
  );
}
