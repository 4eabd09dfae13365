'use client';
import { usePresence } from './live-presence.ts';

/** What somebody says of themselves: the sign, and the words where there is room. */
export function StatusSign({ id, words }: { id: string; words?: boolean }) {
  const status = usePresence(id)?.status;
  if (!status) return null;
  return (
    <span className="p-meta p-cut" title={status.text} dir="auto">
      {status.emoji} {words ? status.text : <span className="p-sr">{status.text}</span>}
    </span>
  );
}
