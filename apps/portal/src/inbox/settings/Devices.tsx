'use client';
import { call } from '@parvis/contract/call';
import { type Device, removeDevice } from '@parvis/contract/notify-push';
import { Button } from '@parvis/ui/Button';
import { Switch } from '@parvis/ui/Choice';
import { toast } from '@parvis/ui/Toast';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';
import { subscribeHere } from './subscribe.ts';

interface Props {
  devices: readonly Device[];
  on: boolean;
  onSwitch: (on: boolean) => void;
}

/** Devices that are told while no page is open; this one is added by a press, since browsers ask the person first. */
export function Devices({ devices: known, on, onSwitch }: Props) {
  const t = useTranslations('inboxSettings');
  const format = useFormatter();
  const problem = useProblem();
  const [devices, setDevices] = useState(known);
  const [busy, setBusy] = useState(false);

  async function add() {
    setBusy(true);
    try {
      const added = await subscribeHere();
      if (added === null) toast(t('notAllowed'), { tone: 'bad' });
      else setDevices([...devices.filter(({ id }) => id !== added.id), added]);
    } catch (error) {
      toast(problem(error), { tone: 'bad' });
    } finally {
      setBusy(false);
    }
  }
  async function remove(id: string) {
    try {
      await call(removeDevice, { id });
      setDevices(devices.filter((one) => one.id !== id));
    } catch (error) {
      toast(problem(error), { tone: 'bad' });
    }
  }
  return (
    <>
      <div className="setting">
        <Switch
          faceAtEnd
          label={t('push')}
          note={t('pushHelp')}
          checked={on}
          onChange={(event) => onSwitch(event.target.checked)}
        />
      </div>
      {on && (
        <>
          <ul className="p-lines" aria-label={t('devices')}>
            {devices.map(({ id, name, addedAt }) => (
              <li key={id}>
                <span className="notify-grow">
                  <bdi>{name}</bdi>{' '}
                  <span className="p-meta">
                    {format.dateTime(new Date(addedAt), { dateStyle: 'medium' })}
                  </span>
                </span>
                <Button kind="quiet" onClick={() => void remove(id)}>
                  {t('removeDevice')}
                  <span className="p-sr"> {name}</span>
                </Button>
              </li>
            ))}
          </ul>
          <Button className="sessions-all" busy={busy} onClick={() => void add()}>
            {t('addDevice')}
          </Button>
        </>
      )}
    </>
  );
}
