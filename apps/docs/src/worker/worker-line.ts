import { Worker } from 'node:worker_threads';

/** Milliseconds one task may take; a worker that takes longer is ended. */
const taskMsMax = 60_000;
/** Milliseconds after which an idle worker is ended: its memory is needed elsewhere. */
const idleMsMax = 30_000;
/** Megabytes of one worker's heap: a Y.Doc is 11 to 13 times its bytes. */
const workerHeapMbMax = 1_024;

/** What a worker answers to each message. */
export type WorkerAnswer<Done> = { readonly done: Done } | { readonly error: string };

/**
 * A worker thread that does one task after the other: nobody's typing waits for a Y.Doc. It is started when it is
 * needed, ended when it is idle, late or out of memory, and then started anew.
 */
export class WorkerLine<Task, Done> {
  readonly #url: URL;
  readonly #execArgv: string[];
  readonly #what: string;
  #before: Promise<unknown> = Promise.resolve();
  #worker: Worker | null = null;
  #idle: NodeJS.Timeout | undefined;
  #refuses = false;

  /**
   * @param owner `import.meta.url` of the module that the worker's file stands beside, as source in tests and as built
   * @param file name of that file without its ending @param what the task, for errors: "a snapshot"
   */
  constructor(owner: string, file: string, what: string) {
    const fromSource = owner.endsWith('.ts');
    this.#url = new URL(`./${file}.${fromSource ? 'ts' : 'js'}`, owner);
    this.#execArgv = fromSource ? ['--conditions=source'] : [];
    this.#what = what;
  }

  /**
   * @param memory of the task that is handed over and not copied
   * @throws Error when the task failed, took too long or needed too much memory, or the line refuses what waits
   */
  ask(task: Task, memory: readonly ArrayBuffer[] = []): Promise<Done> {
    const asked = this.#before.then(() => this.#ask(task, memory));
    this.#before = asked.catch(() => undefined);
    return asked;
  }

  /** Ends the worker after the task that it is at; those that wait are done before, or refused. */
  async stop(waiting: 'done' | 'refused'): Promise<void> {
    this.#refuses = waiting === 'refused';
    clearTimeout(this.#idle);
    await this.#before;
    clearTimeout(this.#idle);
    await this.#worker?.terminate();
    this.#worker = null;
  }

  #ask(task: Task, memory: readonly ArrayBuffer[]): Promise<Done> {
    if (this.#refuses) return Promise.reject(new Error('the service stops'));
    clearTimeout(this.#idle);
    const worker = (this.#worker ??= this.#start());
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => fail(new Error(`${this.#what} took too long`)), taskMsMax);
      const settle = () => {
        clearTimeout(late);
        worker.off('message', answered);
        worker.off('error', fail);
        worker.off('exit', exited);
      };
      const fail = (error: Error) => {
        settle();
        this.#worker = null;
        void worker.terminate();
        reject(error);
      };
      const exited = () => fail(new Error(`the worker for ${this.#what} ended`));
      const answered = (answer: WorkerAnswer<Done>) => {
        settle();
        this.#idle = setTimeout(() => this.#end(), idleMsMax).unref();
        if ('error' in answer) reject(new Error(answer.error));
        else resolve(answer.done);
      };
      worker.on('message', answered);
      worker.on('error', fail);
      worker.on('exit', exited);
      worker.postMessage(task, memory);
    });
  }

  #start(): Worker {
    const worker = new Worker(this.#url, {
      execArgv: this.#execArgv,
      resourceLimits: { maxOldGenerationSizeMb: workerHeapMbMax },
    });
    worker.unref();
    return worker;
  }

  #end(): void {
    void this.#worker?.terminate();
    this.#worker = null;
  }
}
