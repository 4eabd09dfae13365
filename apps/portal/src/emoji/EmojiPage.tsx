import '../chat/apps/apps.css';
import { listEmoji } from '@parvis/contract/chat-emoji';
import { getTranslations } from 'next-intl/server';
import { askOrLeave, me } from '../ask.ts';
import { SheetPage } from '../shell/SheetPage.tsx';
import { EmojiLine } from './EmojiLine.tsx';
import { NewEmoji } from './NewEmoji.tsx';

/** The emoji of this house. */
export async function EmojiPage() {
  const [t, mine, { emoji, mayAdd }] = await Promise.all([
    getTranslations('emoji'),
    me(),
    askOrLeave(listEmoji, {}),
  ]);
  return (
    <SheetPage title={t('title')} back="/settings">
      <div className="p-scroll">
        <div className="column">
          <section aria-label={t('title')}>
            <p className="p-meta">{t('help')}</p>
            <ul className="app-list">
              {emoji.map((one) => (
                <EmojiLine
                  key={one.id}
                  emoji={one}
                  mayRemove={mine.administrator || one.by?.id === mine.person.id}
                />
              ))}
            </ul>
            {mayAdd ? <NewEmoji /> : <p className="p-meta">{t('byAdministrators')}</p>}
          </section>
        </div>
      </div>
    </SheetPage>
  );
}
