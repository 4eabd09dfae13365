import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { type Stored, UpdateLog } from '../log/log.ts';
import { pieceOf } from '../worker/piece.ts';
import { WorkerLine } from '../worker/worker-line.ts';
import type { Answers, Indexed, Question } from './index.worker.ts';

/** Looks into the text of documents in a worker thread, one at a time: nobody's typing waits for it. */
@Injectable()
export class Texts implements OnModuleDestroy {
  readonly #log: UpdateLog;
  readonly #line = new WorkerLine<Question, Answers[keyof Answers]>(
    import.meta.url,
    'index.worker',
    'a text',
  );

  constructor(log: UpdateLog) {
    this.#log = log;
  }

  /** What the index keeps of a text that was read from the log. @throws Error when it cannot be read */
  async gather(stored: Stored): Promise<Indexed> {
    const { piece, memory } = pieceOf(stored);
    return (await this.#line.ask({ ask: 'gather', ...piece }, [memory])) as Answers['gather'];
  }

  /**
   * First content of a document with the same text, as copies have it (history/copy.ts); null when the document is gone.
   * @throws Error when it cannot be read
   */
  async copy(documentId: number): Promise<Uint8Array | null> {
    const stored = await this.#log.read(documentId);
    if (stored === null) return null;
    const { piece, memory } = pieceOf(stored);
    return (await this.#line.ask({ ask: 'copy', ...piece }, [memory])) as Answers['copy'];
  }

  /** The update that checks a task, or opens it again; `found` is false when the text has no such task. */
  async check(stored: Stored, blockId: string, checked: boolean): Promise<Answers['check']> {
    const { piece, memory } = pieceOf(stored);
    const asked = this.#line.ask({ ask: 'check', blockId, checked, ...piece }, [memory]);
    return (await asked) as Answers['check'];
  }

  onModuleDestroy(): Promise<void> {
    return this.#line.stop('refused');
  }
}
