/**
 * Loaded before a server that bench/docs-memory.ts weighs: asked over IPC it runs the collector and says how many bytes
 * live in its heap, and outside of it for what lives there.
 */
process.on('message', (asked) => {
  if (asked !== 'weigh') return;
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  process.send({ bytes: heapUsed + external });
});
