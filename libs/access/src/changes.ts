import { Client } from 'pg';
import { type AccessChange, changeChannel } from './notify.ts';

const reconnectFirstMs = 100;
const reconnectMaxMs = 5_000;

export type Listening = {
  /**
   * Resolves when every change that was committed before this call has been heard: PostgreSQL gives a listening
   * connection all that is pending before it answers a statement on it. @throws while the connection is lost
   */
  settled(): Promise<void>;
  close(): Promise<void>;
};

/**
 * Calls `onChange` for each committed change of access, over a connection of its own. Resolves once it hears. When
 * the connection is lost it is opened again and again; what was missed meanwhile is unknown, so the first word after
 * is `{all: true}`. `onLost` is called at the loss: from then on nothing that is known counts. Neither may throw.
 * @throws what pg throws when the first connection fails
 */
export async function listenForChanges(
  connectionString: string,
  onChange: (change: AccessChange) => void,
  onLost: () => void = () => {},
): Promise<Listening> {
  let closed = false;
  let client: Client | null = null;
  let retry: NodeJS.Timeout | null = null;
  let delayMs = reconnectFirstMs;

  const connect = async () => {
    const fresh = new Client({ connectionString, keepAlive: true, application_name: 'access changes' });
    fresh.on('error', () => lost(fresh));
    fresh.on('end', () => lost(fresh));
    fresh.on('notification', ({ payload }) => onChange(readChange(payload)));
    try {
      await fresh.connect();
      await fresh.query(`listen ${changeChannel}`);
    } catch (error) {
      fresh.removeAllListeners('end');
      await fresh.end().catch(() => {});
      throw error;
    }
    if (closed) return void (await fresh.end());
    client = fresh;
    delayMs = reconnectFirstMs;
  };

  const lost = (which: Client) => {
    if (closed || which !== client) return;
    client = null;
    onLost();
    again();
  };

  const again = () => {
    retry = setTimeout(() => {
      connect().then(
        () => !closed && onChange({ all: true }),
        () => !closed && again(),
      );
    }, delayMs);
    delayMs = Math.min(delayMs * 2, reconnectMaxMs);
  };

  await connect();
  return {
    settled: async () => {
      if (client === null) throw new Error('not listening for changes of access');
      // The empty statement: answered like any other, and nothing is planned for it.
      await client.query('');
    },
    close: async () => {
      closed = true;
      if (retry) clearTimeout(retry);
      await client?.end();
    },
  };
}

/** What a payload says; anything that cannot be read means that everything may have changed. */
function readChange(payload: string | undefined): AccessChange {
  try {
    const change = JSON.parse(payload ?? '') as unknown;
    if (typeof change === 'object' && change !== null && !Array.isArray(change)) return change;
  } catch {
    // Falls through: written by something newer or broken, and looking again is always safe.
  }
  return { all: true };
}
