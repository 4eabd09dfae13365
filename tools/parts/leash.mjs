/** Loaded before a server that knows nothing of its launcher: when the launcher is gone, it ends as on SIGTERM. */
if (process.send) {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel?.unref();
  // A child that it starts in turn must not take our channel for its own.
  delete process.env.NODE_CHANNEL_FD;
}
