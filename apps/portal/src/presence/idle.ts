/** Milliseconds without a touch after which somebody counts as away. */
const idleMs = 5 * 60_000;
const touches = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

/** Calls `change` when this screen is no longer touched, and when it is again. Returns the way to stop. */
export function watchIdle(change: (idle: boolean) => void): () => void {
  let idle = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      idle = true;
      change(true);
    }, idleMs);
  };
  const touched = () => {
    later();
    if (!idle) return;
    idle = false;
    change(false);
  };
  for (const touch of touches) window.addEventListener(touch, touched, { passive: true });
  later();
  return () => {
    clearTimeout(timer);
    for (const touch of touches) window.removeEventListener(touch, touched);
  };
}
