/** A reason to stop that the person can act on: shown as it is, without a stack. */
export class Stop extends Error {
  /** @param {string} sentence what is wrong, and what to do */
  constructor(sentence, { exitCode = 1 } = {}) {
    super(sentence);
    this.name = 'Stop';
    this.exitCode = exitCode;
  }
}

/** One clear sentence for what the system refused, or the error itself when it is not the person's to mend. */
export function sentenceOf(error) {
  if (error instanceof Stop) return error.message;
  if (error?.code === 'ENOSPC') return 'The disk is full: free some space, then run the command again.';
  if (error?.code === 'EACCES' || error?.code === 'EPERM') {
    return `No permission for ${error.path ?? 'a file'}: was it made by another user? Change its owner, or choose another data folder with --data.`;
  }
  if (error?.code === 'EROFS')
    return `${error.path ?? 'The folder'} cannot be written: choose another with --data.`;
  if (error?.code === 'EMFILE' || error?.code === 'ENFILE') {
    return 'Too many open files: raise the limit (ulimit -n 4096), then run the command again.';
  }
  return null;
}
