import { listHouseReports } from '@parvis/contract/chat-moderation';
import { getChatPolicy, listChatExports, listHolds } from '@parvis/contract/chat-retention';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { askOrLeave } from '../../../ask.ts';
import { RetentionPage } from '../../../chat/admin/RetentionPage.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('chatAdmin'))('title') };
}

export default async function RetentionRoute() {
  const [policy, { holds }, { exports }, { reports }] = await Promise.all([
    askOrLeave(getChatPolicy, {}),
    askOrLeave(listHolds, {}),
    askOrLeave(listChatExports, {}),
    askOrLeave(listHouseReports, {}),
  ]);
  return <RetentionPage policy={policy} holds={holds} exports={exports} reports={reports} />;
}
