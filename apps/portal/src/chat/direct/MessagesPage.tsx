import '../channel/channel.css';
import { EmptyState } from '@parvis/ui/EmptyState';
import { getTranslations } from 'next-intl/server';
import { SheetPage } from '../../shell/SheetPage.tsx';
import { LaterItems } from '../saved/LaterItems.tsx';
import { conversations, DirectItem } from './DirectSection.tsx';
import { NewDirect } from './NewDirect.tsx';

/** All of one's conversations on one sheet, the liveliest first; also those that were hidden. */
export async function MessagesPage() {
  const [t, all] = await Promise.all([getTranslations('chatDirect'), conversations()]);
  return (
    <SheetPage title={t('title')} acts={all.length > 0 && <NewDirect wide />}>
      <div className="p-scroll">
        <div className="column">
          <LaterItems />
          {all.length === 0 && (
            <EmptyState title={t('none')} action={<NewDirect wide />}>
              {t('noneHelp')}
            </EmptyState>
          )}
          {all.map((channel) => (
            <DirectItem key={channel.id} channel={channel} current={false} />
          ))}
        </div>
      </div>
    </SheetPage>
  );
}
