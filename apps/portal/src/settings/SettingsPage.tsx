import './settings.css';
import { getPerson, listSessions } from '@parvis/contract/directory';
import { listDevices } from '@parvis/contract/notify-push';
import { getNotifySettings, listLevels } from '@parvis/contract/notify-settings';
import { getFormatter, getLocale, getNow, getTimeZone, getTranslations } from 'next-intl/server';
import { LinkButton } from '@parvis/ui/Button';
import { exactTime } from '@parvis/ui/format';
import { Icon } from '@parvis/ui/Icon';
import { Bot, SmilePlus } from 'lucide-react';
import Link from 'next/link';
import { ask, askOrLeave, me } from '../ask.ts';
import { NotifySection } from '../inbox/settings/NotifySection.tsx';
import { SheetPage } from '../shell/SheetPage.tsx';
import { LookSettings } from './LookSettings.tsx';
import { Sessions } from './Sessions.tsx';

/** What a person decides for themselves: language, appearance, where they are signed in; and what the house knows. */
export async function SettingsPage() {
  const mine = await me();
  const [t, { sessions }, card] = await Promise.all([
    getTranslations('settings'),
    askOrLeave(listSessions, {}),
    mine.person.kind === 'guest' ? ask(getPerson, { id: mine.person.id }).catch(() => null) : null,
  ]);
  return (
    <SheetPage title={t('title')}>
      <div className="p-scroll">
        <div className="column">
          <LookSettings theme={mine.theme} />
          <NotifySettings />
          <Sessions sessions={sessions} />
          {mine.person.kind === 'member' && (
            <section aria-labelledby="settings-programs">
              <h2 id="settings-programs">{t('programs')}</h2>
              <div className="settings-links">
                <LinkButton href="/settings/bots" icon={<Icon of={Bot} size="s" />} as={Link}>
                  {t('bots')}
                </LinkButton>
                <LinkButton href="/settings/emoji" icon={<Icon of={SmilePlus} size="s" />} as={Link}>
                  {t('emoji')}
                </LinkButton>
              </div>
            </section>
          )}
          <section aria-labelledby="settings-account">
            <h2 id="settings-account">{t('account')}</h2>
            <AccountFacts sponsor={card?.sponsor?.name ?? null} endsAt={card?.endsAt ?? null} />
            <p className="p-meta">{t('accountHelp')}</p>
          </section>
        </div>
      </div>
    </SheetPage>
  );
}

/** What the house knows of the person; none of it is changed here. */
async function AccountFacts({ sponsor, endsAt }: { sponsor: string | null; endsAt: string | null }) {
  const [mine, t, shell, locale, timeZone, now, format] = await Promise.all([
    me(),
    getTranslations('settings'),
    getTranslations('shell'),
    getLocale(),
    getTimeZone(),
    getNow(),
    getFormatter(),
  ]);
  const kind = mine.administrator ? t('administrator') : shell(`kinds.${mine.person.kind}`);
  return (
    <dl className="facts facts-wide">
      <dt>{t('name')}</dt>
      <dd>
        <bdi>{mine.person.name}</bdi>
      </dd>
      <dt>{t('email')}</dt>
      <dd>
        <bdi dir="ltr">{mine.email}</bdi>
      </dd>
      {mine.person.organisation !== null && (
        <>
          <dt>{t('organisation')}</dt>
          <dd>
            <bdi>{mine.person.organisation}</bdi>
          </dd>
        </>
      )}
      <dt>{t('kind')}</dt>
      <dd>{kind}</dd>
      {sponsor !== null && (
        <>
          <dt>{t('sponsor')}</dt>
          <dd>
            <bdi>{sponsor}</bdi>
          </dd>
        </>
      )}
      {endsAt !== null && (
        <>
          <dt>{t('until')}</dt>
          <dd>{format.dateTime(new Date(endsAt), { dateStyle: 'long' })}</dd>
        </>
      )}
      <dt>{t('expires')}</dt>
      <dd>
        <time dateTime={mine.sessionExpiresAt} title={exactTime(mine.sessionExpiresAt, locale, { timeZone })}>
          {format.relativeTime(new Date(mine.sessionExpiresAt), now)}
        </time>
      </dd>
    </dl>
  );
}

/** How the person is told; a house whose inbox is away shows the rest. */
async function NotifySettings() {
  const asked = await Promise.all([
    ask(getNotifySettings, {}),
    ask(listDevices, {}),
    ask(listLevels, {}),
  ]).catch(() => null);
  if (asked === null) return null;
  const [{ settings, mail }, { devices }, { channels }] = asked;
  return <NotifySection settings={settings} mail={mail} devices={devices} levels={channels} />;
}
