/** Name of the job that has a file scanned; its data is `{ id }`, the id of the resource. */
export const scanJob = 'scan';
