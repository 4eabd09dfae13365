import '../chat/apps/apps.css';
import { listEmoji } from '@parvis/contract/chat-emoji';
import { Icon } from '@parvis/ui/Icon';
import { IconLink } from '@parvis/ui/IconButton';
import { ArrowLeft } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { askOrLeave, me } from '../ask.ts';
import { EmojiLine } from './EmojiLine.tsx';
import { NewEmoji } from './NewEmoji.tsx';

/** The emoji of this house. */
export async function EmojiPage() {
  const [t, shell, mine, { emoji, mayAdd }] = await Promise.all([
    getTranslations('emoji'),
    getTranslations('shell'),
    me(),
    askOrLeave(listEmoji, {}),
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
      </main>
    </div>
  );
}
