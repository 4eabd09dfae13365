import { getTranslations } from 'next-intl/server';
import Link from 'next/link';
import { PaletteButton } from '../../shell/PaletteButton.tsx';
import { LaterItems } from '../saved/LaterItems.tsx';
import { ThreadsItem } from '../threads/ThreadsItem.tsx';
import { conversations, DirectItem } from './DirectSection.tsx';
import { NewDirect } from './NewDirect.tsx';

/** The list column beside a conversation, which is in no space: all of one's conversations. */
export async function DirectColumn({ current }: { current?: string }) {
  const [t, shell, all] = await Promise.all([
    getTranslations('chatDirect'),
    getTranslations('shell'),
    conversations(),
  ]);
  return (
    <nav className="p-list" aria-label={t('title')}>
      <header>
        <h2>
          <Link href="/messages">{t('title')}</Link>
        </h2>
        <NewDirect />
      </header>
      <PaletteButton label={shell('find')} wide />
      <div className="p-scroll">
        <ThreadsItem />
        <LaterItems />
        {all
          .filter(({ hidden, id }) => !hidden || id === current)
          .map((channel) => (
            <DirectItem key={channel.id} channel={channel} current={channel.id === current} />
          ))}
      </div>
    </nav>
  );
}
