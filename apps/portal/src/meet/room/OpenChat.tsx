'use client';
import { call } from '@parvis/contract/call';
import { createChannel } from '@parvis/contract/chat';
import { type Meeting, setMeetingChat } from '@parvis/contract/meet';
import { Button } from '@parvis/ui/Button';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';

/** A meeting that was not started from a channel has none until somebody opens one: in its space, for its people. */
export function OpenChat({ meeting }: { meeting: Meeting }) {
  const t = useTranslations('meetRoom');
  const problem = useProblem();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const { spaceId } = meeting;
  async function open(space: string) {
    setBusy(true);
    try {
      const made = await call(createChannel, { spaceId: space, name: meeting.title, forEveryone: false });
      await call(setMeetingChat, { id: meeting.id, channelId: made.id });
    } catch (failed) {
      setError(problem(failed));
      setBusy(false);
    }
  }
  return (
    <div className="meet-panel-note">
      <p>{t(spaceId === null ? 'chatNowhere' : 'noChat')}</p>
      {error !== undefined && <p className="p-error">{error}</p>}
      {spaceId !== null && (
        <Button kind="main" busy={busy} onClick={() => void open(spaceId)}>
          {t('openChat')}
        </Button>
      )}
    </div>
  );
}
