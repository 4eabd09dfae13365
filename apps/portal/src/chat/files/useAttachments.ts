'use client';
import { messageFileListSizeMax } from '@parvis/contract/limits';
import type { Message } from '@parvis/contract/chat-entry';
import { toast } from '@parvis/ui/Toast';
import { useTranslations } from 'next-intl';
import { useCallback, useRef, useState } from 'react';
import { type Sending, sendFile } from '../../drive/send-file.ts';
import { useProblem } from '../../problems/useProblem.ts';

type Sent = Message['files'][number];

/** A file beside a message that is being written. */
export interface Attached {
  readonly key: string;
  readonly file: File;
  /** From 0 to 1. */
  readonly share: number;
  /** The file of drive, once it is there. */
  readonly id: string | null;
}

/** Files on their way with a message: sent below the channel from the first moment, shown with how far they are. */
export function useAttachments(channelId: string) {
  const t = useTranslations('chatFiles');
  const problem = useProblem();
  const [attached, setAttached] = useState<readonly Attached[]>([]);
  const sendings = useRef(new Map<string, Sending>());
  const known = useRef(attached);
  known.current = attached;

  const change = useCallback((key: string, more: Partial<Attached>) => {
    setAttached((all) => all.map((one) => (one.key === key ? { ...one, ...more } : one)));
  }, []);
  const remove = useCallback((key: string) => {
    sendings.current.get(key)?.stop();
    sendings.current.delete(key);
    setAttached((all) => all.filter((one) => one.key !== key));
  }, []);

  function add(files: readonly File[]) {
    const room = messageFileListSizeMax - known.current.length;
    if (files.length > room) toast(t('tooMany', { count: messageFileListSizeMax }), { tone: 'bad' });
    for (const file of files.slice(0, Math.max(0, room))) void send(file);
  }
  async function send(file: File) {
    const key = crypto.randomUUID();
    setAttached((all) => [...all, { key, file, share: 0, id: null }]);
    const sending = sendFile(file, channelId, (bytes) =>
      change(key, { share: file.size === 0 ? 1 : bytes / file.size }),
    );
    sendings.current.set(key, sending);
    try {
      change(key, { id: await sending.fileId, share: 1 });
    } catch (error) {
      if (!sendings.current.has(key)) return;
      remove(key);
      toast(problem(error), { tone: 'bad' });
    }
  }
  const take = useCallback((): Sent[] => {
    const sent = known.current.flatMap(({ id, file }) =>
      id === null ? [] : [{ id, name: file.name, type: file.type, bytes: file.size }],
    );
    sendings.current.clear();
    setAttached([]);
    return sent;
  }, []);
  return { attached, add, remove, take, waiting: attached.some(({ id }) => id === null) };
}
