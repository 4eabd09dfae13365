import { getStatus, type PartStatus } from '@parvis/contract/status';
import { Badge } from '@parvis/ui/Badge';
import { LinkButton } from '@parvis/ui/Button';
import { Icon, type IconShape } from '@parvis/ui/Icon';
import { Database, HardDrive, KeyRound, Radio, RefreshCw, Server, ShieldCheck, Video } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { askOrLeave } from '../ask.ts';
import { SheetPage } from '../shell/SheetPage.tsx';

const shapes: Record<string, IconShape> = {
  database: Database,
  identity: KeyRound,
  store: HardDrive,
  meetings: Video,
  antivirus: ShieldCheck,
  'fan-out': Radio,
};
/** What stands in for a part when its launcher gives no code that has a sentence. */
const usualStandIns: Record<string, string> = {
  database: 'postgres-embedded',
  identity: 'oidc-provider',
  store: 'store-folder',
  meetings: 'meetings-off',
  antivirus: 'clamav-off',
  'fan-out': 'postgres-notify',
};
const tones = { up: 'good', down: 'bad', off: 'wait' } as const;

/** For administrators: what the house is made of, whether each part answers, and which ones are stand-ins. */
export async function StatusPage() {
  const [t, status] = await Promise.all([getTranslations('status'), askOrLeave(getStatus, {})]);
  const down = status.parts.filter((part) => part.state === 'down').length;
  const standIns = status.parts.filter((part) => part.standIn).length;
  return (
    <SheetPage
      title={t('title')}
      titleId="status-title"
      acts={
        <>
          {/* A whole new page, not a kept one: the parts are asked again. */}
          <LinkButton href="/status" icon={<Icon of={RefreshCw} size="s" />}>
            {t('again')}
          </LinkButton>
        </>
      }
    >
      {/* Nothing in it takes the focus: by keyboard it scrolls because it does itself. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must be reachable by keyboard */}
      <div className="p-scroll" role="region" aria-labelledby="status-title" tabIndex={0}>
        <div className="column">
          <header className="column-head">
            <p className="column-say">{t('summary', { down })}</p>
            <p className="home-say">{t('standIns', { count: standIns })}</p>
          </header>
          <section aria-labelledby="status-parts">
            <h2 id="status-parts">{t('parts')}</h2>
            <ul className="p-lines">
              {status.parts.map((part) => (
                <Part key={part.name} part={part} />
              ))}
            </ul>
          </section>
          <section aria-labelledby="status-facts">
            <h2 id="status-facts">{t('facts')}</h2>
            <dl className="facts facts-wide">
              <dt>{t('version')}</dt>
              <dd dir="ltr">
                <bdi>{status.version}</bdi>
              </dd>
              <dt>{t('profile')}</dt>
              <dd>{t(`profiles.${status.profile}`)}</dd>
            </dl>
          </section>
        </div>
      </div>
    </SheetPage>
  );
}

async function Part({ part }: { part: PartStatus }) {
  const t = await getTranslations('status');
  const known = [part.detail, part.standIn ? usualStandIns[part.name] : undefined];
  const detail = known.find((code) => code !== undefined && t.has(`details.${code}`)) ?? 'unknown';
  return (
    <li className="status-part">
      <span className="p-kind">
        <Icon of={shapes[part.name] ?? Server} />
      </span>
      <span className="status-words">
        <span className="people-name">
          <bdi className="p-strong">{t.has(`names.${part.name}`) ? t(`names.${part.name}`) : part.name}</bdi>
          {part.standIn && <Badge tone="people">{t('standIn')}</Badge>}
        </span>
        <span className="p-meta">{t(`details.${detail}`)}</span>
      </span>
      <Badge tone={tones[part.state]}>{t(`state.${part.state}`)}</Badge>
    </li>
  );
}
