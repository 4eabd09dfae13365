import { Encoder } from './encoder.ts';
import { draw } from './grid.ts';
import { askWay, bring, sayDone } from './house.ts';
import { Seen } from './room.ts';

/** Milliseconds between two times that what was drawn is brought to the house. */
const bringMs = 500;

/** Draws a meeting until the house says that it is enough; then everything that was drawn is there. */
async function work(): Promise<void> {
  const way = await askWay();
  const size = { width: way.widthPx, height: way.heightPx };
  const canvas = Object.assign(document.createElement('canvas'), size);
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) return;
  const encoder = new Encoder(way);
  const seen = new Seen(askWay);
  let drawing: ReturnType<typeof setInterval> | undefined;
  void seen.enter().then(() => {
    drawing = setInterval(() => {
      // Whoever has no time for every picture draws fewer.
      if (!encoder.isFree) return;
      draw(context, seen.tiles(), way);
      encoder.put(canvas, Date.now());
    }, 1_000 / way.framesPerSecond);
  });
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, bringMs));
    const orders = await bring(encoder.take());
    seen.follow(orders.agreed, size);
    if (orders.until === null) continue;
    // The last picture lasts until the end, whenever it was drawn.
    if (drawing !== undefined) encoder.put(canvas, orders.until);
    clearInterval(drawing);
    await encoder.flush();
    await bring(encoder.take());
    return sayDone();
  }
}

// A page that cannot work any more is closed, and the house begins with another.
void work().catch(() => window.close());
