'use client';
import { call } from '@parvis/contract/call';
import { postMessage } from '@parvis/contract/chat';
import type { Message } from '@parvis/contract/chat-entry';
import { listRecent } from '@parvis/contract/directory';
import { pageSizeMax } from '@parvis/contract/limits';
import { Button } from '@parvis/ui/Button';
import { ComboBox } from '@parvis/ui/ComboBox';
import { Dialog } from '@parvis/ui/Dialog';
import { TextArea } from '@parvis/ui/TextField';
import { toast } from '@parvis/ui/Toast';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';
import { Body } from '../message/Body.tsx';

/** Channels and conversations in which one may write, the liveliest first. */
function usePlaces() {
  const [places, setPlaces] = useState<readonly { id: string; title: string }[]>([]);
  useEffect(() => {
    let current = true;
    const look = async () => {
      const { resources } = await call(listRecent, { kind: 'channel', limit: pageSizeMax });
      if (current) setPlaces(resources.filter(({ abilities }) => abilities.comment));
    };
    void look().catch(() => undefined);
    return () => {
      current = false;
    };
  }, []);
  return places;
}

/** Passes a message on to another channel, with words of one's own. Its readers see it there if they may see it here. */
export function ForwardDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const t = useTranslations('chatForward');
  const problem = useProblem();
  const places = usePlaces();
  const [to, setTo] = useState<string | null>(null);
  const [words, setWords] = useState('');
  const [busy, setBusy] = useState(false);
  async function send() {
    if (to === null) return;
    setBusy(true);
    try {
      const quote = { channelId: message.channelId, seq: message.seq };
      await call(postMessage, { id: to, clientId: crypto.randomUUID(), body: words.trim(), quote });
      toast(t('sent', { name: places.find(({ id }) => id === to)?.title ?? '' }), {});
      onClose();
    } catch (error) {
      setBusy(false);
      toast(problem(error), { tone: 'bad' });
    }
  }
  return (
    <Dialog
      title={t('title')}
      closeLabel={t('cancel')}
      open
      onOpenChange={(open) => !open && onClose()}
      actions={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button kind="main" busy={busy} disabled={to === null} onClick={() => void send()}>
            {t('send')}
          </Button>
        </>
      }
    >
      <ComboBox
        label={t('to')}
        options={places.map(({ id, title }) => ({ id, label: title }))}
        value={to}
        onChoose={setTo}
      />
      <TextArea label={t('words')} value={words} onChange={(event) => setWords(event.target.value)} />
      <blockquote className="chat-quote">
        <bdi className="chat-name">{message.sender.name}</bdi>
        <Body body={message.body} mentions={message.mentions} />
      </blockquote>
    </Dialog>
  );
}
