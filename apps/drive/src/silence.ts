import type { Socket } from 'node:net';

/** Milliseconds in which not a byte moves on a connection that carries a file, in either direction. */
const silenceMsMax = 60_000;

/**
 * Ends a connection on which nothing moves any more, with all that is held for it: of a client that went away
 * without a word, nothing else is ever heard. @returns what ends the watch
 */
export function endWhenSilent(socket: Socket): () => void {
  const end = () => socket.destroy();
  socket.setTimeout(silenceMsMax, end);
  return () => void socket.setTimeout(0, end);
}
