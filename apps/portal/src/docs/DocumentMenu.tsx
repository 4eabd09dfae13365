'use client';
import { call } from '@parvis/contract/call';
import { copyDocument } from '@parvis/contract/doc-history';
import type { Document } from '@parvis/contract/docs';
import { nameLengthMax } from '@parvis/contract/limits';
import { Icon, type IconShape } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import type { MenuAction } from '@parvis/ui/Menu';
import { MenuLater } from '@parvis/ui/MenuLater';
import { toast } from '@parvis/ui/Toast';
import {
  Copy,
  Download,
  Ellipsis,
  Keyboard,
  Link2,
  Presentation,
  Replace,
  Sunrise,
  WholeWord,
} from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useProblem } from '../problems/useProblem.ts';
import { wayTo } from '../shell/resource-way.ts';
import { useMeetingActions } from './meeting/useMeetingActions.tsx';
import { usePageActions } from './tree/usePageActions.tsx';
import type { Writing } from './writing/useWriting.ts';

const DownloadDialog = dynamic(
  () => import('./convert/DownloadDialog.tsx').then((part) => part.DownloadDialog),
  {
    ssr: false,
  },
);

/** What can be done with the document as a whole. */
function useActions(document: Document, download: () => void): readonly MenuAction[] {
  const t = useTranslations('docs');
  const convert = useTranslations('docsConvert');
  const problem = useProblem();
  const router = useRouter();
  const attempt = (act: () => Promise<void>) => () =>
    void act().catch((error: unknown) => toast(problem(error), { tone: 'bad' }));
  const copyAddress = async () => {
    await navigator.clipboard.writeText(location.origin + wayTo(document));
    toast(t('addressCopied'));
  };
  const duplicate = async () => {
    const title = t('copyOf', { title: document.title }).slice(0, nameLengthMax);
    router.push(wayTo(await call(copyDocument, { id: document.id, title })));
  };
  return [
    {
      id: 'address',
      label: t('copyAddress'),
      icon: <Icon of={Link2} size="s" />,
      onAction: attempt(copyAddress),
    },
    { id: 'copy', label: t('duplicate'), icon: <Icon of={Copy} size="s" />, onAction: attempt(duplicate) },
    {
      id: 'download',
      label: convert('downloadMenu'),
      icon: <Icon of={Download} size="s" />,
      onAction: download,
    },
  ];
}

interface Props {
  document: Document;
  mayWrite: boolean;
  onPanel: (id: string) => void;
  writing: Writing;
}

/** How one would like to see and read the text. */
function useViews({ mayWrite, onPanel, writing: { setTool, setFocused } }: Props): readonly MenuAction[] {
  const t = useTranslations('docsWriting');
  const entry = (id: 'find' | 'count' | 'present' | 'keys', of: IconShape, onAction: () => void) => ({
    id,
    label: t(`entries.${id}`),
    icon: <Icon of={of} size="s" />,
    onAction,
  });
  return [
    entry('present', Presentation, () => setTool('present')),
    {
      id: 'focus',
      label: t('focusMode'),
      icon: <Icon of={Sunrise} size="s" />,
      onAction: () => setFocused(true),
    },
    entry('find', Replace, () => setTool(mayWrite ? 'replace' : 'find')),
    entry('count', WholeWord, () => onPanel('outline')),
    entry('keys', Keyboard, () => setTool('help')),
  ];
}

export function DocumentMenu(props: Props) {
  const t = useTranslations('docs');
  const { document } = props;
  const [downloading, setDownloading] = useState(false);
  const actions = useActions(document, () => setDownloading(true));
  const views = useViews(props);
  const { groups, dialog } = usePageActions(document);
  const meeting = useMeetingActions(document);
  return (
    <>
      <MenuLater
        label={t('more')}
        align="end"
        trigger={
          <IconButton label={t('more')} tipAlign="end">
            <Icon of={Ellipsis} />
          </IconButton>
        }
        groups={[
          { id: 'views', label: t('more'), items: views },
          { id: 'document', label: t('more'), items: actions },
          ...meeting.groups,
          ...groups,
        ]}
      />
      {dialog}
      {meeting.dialog}
      {downloading && <DownloadDialog document={document} close={() => setDownloading(false)} />}
    </>
  );
}
