'use client';
import type { MessageExtras } from '@parvis/contract/chat-entry';
import { toast } from '@parvis/ui/Toast';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { useFrame } from '../../shell/AppFrame.tsx';
import type { Where } from '../apps/commands.ts';
import { useDraft } from '../drafts/useDraft.ts';
import { useAttachments } from '../files/useAttachments.ts';
import { Composer, type ComposerHandle } from './Composer.tsx';
import { MoreTools } from './MoreTools.tsx';

const AttachedFiles = dynamic(() => import('../files/AttachedFiles.tsx').then((part) => part.AttachedFiles), {
  ssr: false,
});
const PollDialog = dynamic(() => import('../poll/PollDialog.tsx').then((part) => part.PollDialog), {
  ssr: false,
});
const VoiceBar = dynamic(() => import('../voice/VoiceBar.tsx').then((part) => part.VoiceBar), { ssr: false });
const SendLater = dynamic(() => import('../scheduled/SendLater.tsx').then((part) => part.SendLater), {
  ssr: false,
});

export interface MessageComposerProps {
  channelId: string;
  label: string;
  commands?: Where;
  /** The message whose thread it stands under; absent in the channel itself. */
  threadSeq?: number;
  focused?: boolean;
  /** The body may be empty where files or a poll stand for it. */
  onSend: (body: string, extras?: MessageExtras) => void;
  onTyping?: () => void;
  onUp?: () => boolean;
  onCancel?: () => void;
  /** Answered with: sent with the next message. */
  quote?: { readonly channelId: string; readonly seq: number };
  /** Between the text and the tools: the quote that is answered. */
  above?: ReactNode;
}

type Tool = 'poll' | 'voice' | 'later' | null;

/** A composer with all that goes with a message: its draft, files, sound, questions, and a later time. */
export function MessageComposer(props: MessageComposerProps) {
  const { channelId, threadSeq, onSend, quote } = props;
  const t = useTranslations('chatCompose');
  const { person } = useFrame();
  const { composer, handle } = useComposerHandle();
  const keep = useDraft(composer, person.id, channelId, threadSeq);
  const { attached, add, remove, take, waiting } = useAttachments(channelId);
  const [tool, setTool] = useState<Tool>(null);
  const close = useCallback(() => setTool(null), []);
  useDropped(composer, add);

  function extras(): MessageExtras {
    const files = take().map(({ id }) => id);
    return {
      ...(threadSeq === undefined ? {} : { threadSeq }),
      ...(files.length > 0 && { files }),
      ...(quote && { quote }),
    };
  }
  function send(body: string) {
    if (waiting) toast(t('filesFirst'), {});
    else {
      onSend(body, extras());
      keep('', true);
    }
    return !waiting;
  }
  function write(body: string) {
    keep(body);
    if (body !== '') props.onTyping?.();
  }
  return (
    <>
      <Composer
        channelId={channelId}
        label={props.label}
        commands={props.commands}
        focused={props.focused}
        full={attached.length > 0 || quote !== undefined}
        handle={handle}
        onSend={send}
        onChange={write}
        onFiles={add}
        onUp={props.onUp}
        onCancel={props.onCancel}
        extra={
          <>
            {props.above}
            {tool === 'voice' && <VoiceBar onVoice={(file) => add([file])} onClose={close} />}
            {attached.length > 0 && <AttachedFiles attached={attached} onRemove={remove} />}
          </>
        }
        tools={<MoreTools onFiles={add} onTool={setTool} inThread={threadSeq !== undefined} />}
      />
      {tool === 'poll' && <PollDialog open onOpenChange={close} onAsk={(poll) => onSend('', { poll })} />}
      {tool === 'later' && (
        <SendLater
          channelId={channelId}
          body={composer.current?.body() ?? ''}
          ready={!waiting}
          extras={extras}
          onClose={close}
          onScheduled={() => {
            composer.current?.write('');
            keep('', true);
          }}
        />
      )}
    </>
  );
}

function useComposerHandle() {
  const composer = useRef<ComposerHandle | null>(null);
  const handle = useCallback((next: ComposerHandle | null) => {
    composer.current = next;
  }, []);
  return { composer, handle };
}

/** Files dropped anywhere on the sheet that holds the composer go with the message. */
function useDropped(composer: { current: ComposerHandle | null }, add: (files: readonly File[]) => void) {
  const latest = useRef(add);
  latest.current = add;
  useEffect(() => {
    const place = composer.current?.place();
    const sheet = place?.closest<HTMLElement>('main, aside') ?? place;
    if (!sheet) return;
    const brings = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const over = (event: DragEvent) => {
      if (!brings(event)) return;
      event.preventDefault();
      sheet.dataset.dropping = '';
    };
    const leave = () => delete sheet.dataset.dropping;
    const drop = (event: DragEvent) => {
      leave();
      if (!brings(event) || event.defaultPrevented) return;
      event.preventDefault();
      latest.current([...(event.dataTransfer?.files ?? [])]);
    };
    sheet.addEventListener('dragover', over);
    sheet.addEventListener('dragleave', leave);
    sheet.addEventListener('drop', drop);
    return () => {
      sheet.removeEventListener('dragover', over);
      sheet.removeEventListener('dragleave', leave);
      sheet.removeEventListener('drop', drop);
    };
  }, [composer]);
}
