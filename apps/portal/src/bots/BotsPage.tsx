import '../chat/apps/apps.css';
import { listBots } from '@parvis/contract/bot';
import { getTranslations } from 'next-intl/server';
import { askOrLeave, me } from '../ask.ts';
import { SheetPage } from '../shell/SheetPage.tsx';
import { BotLine } from './BotLine.tsx';
import { NewBot } from './NewBot.tsx';

/** Accounts of programs: one's own, and for administrators everybody's. */
export async function BotsPage() {
  const [t, mine, { bots, mayCreate }] = await Promise.all([
    getTranslations('bots'),
    me(),
    askOrLeave(listBots, {}),
  ]);
  return (
    <SheetPage title={t('title')} back="/settings">
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
    </SheetPage>
  );
}
