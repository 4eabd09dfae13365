import '../chat/apps/apps.css';
import { listBots } from '@parvis/contract/bot';
import { Icon } from '@parvis/ui/Icon';
import { IconLink } from '@parvis/ui/IconButton';
import { ArrowLeft } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { askOrLeave, me } from '../ask.ts';
import { BotLine } from './BotLine.tsx';
import { NewBot } from './NewBot.tsx';

/** Accounts of programs: one's own, and for administrators everybody's. */
export async function BotsPage() {
  const [t, shell, mine, { bots, mayCreate }] = await Promise.all([
    getTranslations('bots'),
    getTranslations('shell'),
    me(),
    askOrLeave(listBots, {}),
  ]);
  return (
    <div className="p-sheet">
      <main className="p-main" id="main" tabIndex={-1}>
        <header className="p-bar">
          <IconLink href="/settings" label={shell('back')}>
            <Icon of={ArrowLeft} flip />
          </IconLink>
          <div className="p-bar-title">
            <h1>{t('title')}</h1>
          </div>
        </header>
        <div className="p-scroll">
          <div className="column">
            <section aria-label={t('title')}>
              <p className="p-meta">{t('help')}</p>
              <ul className="app-list">
                {bots.map((bot) => (
                  <BotLine key={bot.id} bot={bot} mine={bot.owner.id === mine.person.id} />
                ))}
              </ul>
              {mayCreate ? <NewBot /> : <p className="p-meta">{t('byAdministrators')}</p>}
            </section>
          </div>
        </div>
      </main>
    </div>
  );
}
