/**
 * Runs tasks in the order in which they are given, each after the one before has ended. For a socket whose frames or
 * news each need a question to the database: two questions may be answered in the other order, and what is older must
 * not be taken for what is newer.
 */
export class OneByOne {
  #last: Promise<unknown> = Promise.resolve();

  /** What the task gives or throws; a task that fails does not hold up the next. */
  run<T>(task: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(task);
    this.#last = mine.catch(() => undefined);
    return mine;
  }
}
