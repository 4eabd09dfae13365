/** What a document's connection hears of the way that carries its messages. */
export interface Hears {
  /** Messages may be sent from now on. */
  open(): void;
  /** One or more messages of the protocol. */
  message(bytes: Uint8Array): void;
  /** The way has ended; codes are those of the socket (1006: without a word). Nothing comes after it. */
  close(code: number): void;
}

/** A way to the server: a socket, or requests that stand in for one. */
export interface Line {
  send(message: Uint8Array): void;
  /** Ends it without a word to whoever hears. */
  close(): void;
}

export interface Address {
  readonly id: string;
  readonly epoch: string;
  readonly schema: number;
  readonly link: string | undefined;
}

export function queryOf({ epoch, schema, link }: Address): URLSearchParams {
  const query = new URLSearchParams({ epoch, schema: String(schema) });
  if (link !== undefined) query.set('link', link);
  return query;
}
