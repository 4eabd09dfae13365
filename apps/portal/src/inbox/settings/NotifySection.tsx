'use client';
import './notify.css';
import { call } from '@parvis/contract/call';
import type { Device } from '@parvis/contract/notify-push';
import {
  changeNotifySettings,
  type listLevels,
  type NotifySettings,
  setLevel,
} from '@parvis/contract/notify-settings';
import type { OutputOf } from '@parvis/contract/operation';
import { Switch } from '@parvis/ui/Choice';
import { Select } from '@parvis/ui/Select';
import { toast } from '@parvis/ui/Toast';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';
import { Devices } from './Devices.tsx';
import { QuietSettings } from './QuietSettings.tsx';

interface Props {
  settings: NotifySettings;
  mail: boolean;
  devices: readonly Device[];
  levels: OutputOf<typeof listLevels>['channels'];
}

/** How this person wants to be told; kept as it is chosen. */
export function NotifySection({ settings: kept, mail, devices, levels }: Props) {
  const t = useTranslations('inboxSettings');
  const problem = useProblem();
  const [settings, setSettings] = useState(kept);

  async function change(part: Partial<NotifySettings>) {
    const before = settings;
    setSettings({ ...settings, ...part });
    try {
      // The hours are those of where the person is.
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
      setSettings(await call(changeNotifySettings, { ...part, timeZone }));
    } catch (error) {
      setSettings(before);
      toast(problem(error), { tone: 'bad' });
    }
  }
  function askDesktop(on: boolean) {
    if (on && 'Notification' in window && Notification.permission === 'default')
      void Notification.requestPermission();
    void change({ desktop: on });
  }
  return (
    <section aria-labelledby="settings-notify">
      <h2 id="settings-notify">{t('title')}</h2>
      <div className="setting">
        <Select
          label={t('level')}
          options={(['mentions', 'all'] as const).map((id) => ({ id, label: t(`levels.${id}`) }))}
          value={settings.level}
          onChange={(id) => void change({ level: id as NotifySettings['level'] })}
        />
        <Select
          label={t('digest')}
          help={mail ? undefined : t('noMail')}
          disabled={!mail}
          options={(['off', 'hourly', 'daily'] as const).map((id) => ({ id, label: t(`digests.${id}`) }))}
          value={settings.digest}
          onChange={(id) => void change({ digest: id as NotifySettings['digest'] })}
        />
      </div>
      <div className="setting">
        <Switch
          faceAtEnd
          label={t('desktop')}
          note={t('desktopHelp')}
          checked={settings.desktop}
          onChange={(event) => askDesktop(event.target.checked)}
        />
      </div>
      <QuietSettings settings={settings} onChange={(part) => void change(part)} />
      <Devices devices={devices} on={settings.push} onSwitch={(push) => void change({ push })} />
      {levels.length > 0 && <Levels levels={levels} />}
    </section>
  );
}

/** Channels for which something else was chosen, and the way back to what is usual. */
function Levels({ levels }: Pick<Props, 'levels'>) {
  const t = useTranslations('inboxSettings');
  const problem = useProblem();
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  async function forget(id: string) {
    try {
      await call(setLevel, { id, level: null });
      setGone(new Set([...gone, id]));
    } catch (error) {
      toast(problem(error), { tone: 'bad' });
    }
  }
  return (
    <>
      <h3>{t('ownLevels')}</h3>
      <ul className="p-lines">
        {levels
          .filter(({ id }) => !gone.has(id))
          .map(({ id, title, level }) => (
            <li key={id}>
              <Link className="p-cut notify-grow" href={`/chat/${id}`}>
                <bdi>{title}</bdi>
              </Link>
              <span className="p-meta">{t(`levels.${level}`)}</span>
              <button type="button" className="p-btn" data-kind="quiet" onClick={() => void forget(id)}>
                {t('usual')}
                <span className="p-sr"> {title}</span>
              </button>
            </li>
          ))}
      </ul>
    </>
  );
}
