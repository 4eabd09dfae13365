'use client';
import { call } from '@parvis/contract/call';
import { endCalendarFeed, getCalendarFeed, makeCalendarFeed } from '@parvis/contract/meet-schedule';
import { Button } from '@parvis/ui/Button';
import { Dialog } from '@parvis/ui/Dialog';
import { exactTime } from '@parvis/ui/format';
import { TextField } from '@parvis/ui/TextField';
import { toast } from '@parvis/ui/Toast';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useProblem } from '../problems/useProblem.ts';

/** Whether there is an address, and the one that was just made: it is told once. */
function useFeed() {
  const t = useTranslations('meetings');
  const problem = useProblem();
  const [since, setSince] = useState<string | null | undefined>();
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    call(getCalendarFeed, {}).then(
      (known) => setSince(known.since),
      () => setSince(null),
    );
  }, []);
  async function act(what: () => Promise<void>) {
    await what().catch((error: unknown) => toast(problem(error), { tone: 'bad' }));
  }
  const make = () =>
    act(async () => {
      const made = await call(makeCalendarFeed, {});
      setAddress(`${location.origin}${made.path}`);
      setSince(made.since);
    });
  const end = () =>
    act(async () => {
      await call(endCalendarFeed, {});
      setAddress(null);
      setSince(null);
      toast(t('feedEnded'));
    });
  return { since, address, make, end };
}

/** A secret address under which another calendar reads my meetings: made, shown once, and ended. */
export function CalendarDialog({ close }: { close: () => void }) {
  const t = useTranslations('meetings');
  const shell = useTranslations('shell');
  const locale = useLocale();
  const { since, address, make, end } = useFeed();
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={t('calendar')}
      closeLabel={shell('close')}
      actions={
        <Button kind="quiet" onClick={close}>
          {shell('close')}
        </Button>
      }
    >
      <div className="p-form">
        <p>{t('feedHelp')}</p>
        {address !== null && (
          <TextField
            label={t('feedAddress')}
            help={t('feedOnce')}
            value={address}
            readOnly
            dir="ltr"
            onFocus={(event) => event.target.select()}
          />
        )}
        {since !== null && since !== undefined && address === null && (
          <p className="p-meta">{t('feedSince', { date: exactTime(since, locale) })}</p>
        )}
        <div className="meetings-buttons">
          {address !== null && (
            <Button
              kind="main"
              onClick={() =>
                void navigator.clipboard.writeText(address).then(
                  () => toast(t('copied')),
                  () => undefined,
                )
              }
            >
              {t('copy')}
            </Button>
          )}
          {since !== undefined && address === null && (
            <Button kind="main" onClick={() => void make()}>
              {t(since === null ? 'feedMake' : 'feedAgain')}
            </Button>
          )}
          {since !== null && since !== undefined && (
            <Button kind="danger-quiet" onClick={() => void end()}>
              {t('feedEnd')}
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  );
}
