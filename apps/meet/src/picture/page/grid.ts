import type { Way } from './orders.ts';
import type { Tile } from './tile.ts';

/** In pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}
interface Place extends Size {
  readonly left: number;
  readonly top: number;
}

/** Fields that one picture has at most; the last then says how many more there are. */
const fieldsMax = 16;
/** Part of the width that a shown screen takes, and fields beside it. */
const screenShare = 0.75;
const besideMax = 5;
const gapPx = 8;
const colours = {
  ground: '#15181d',
  field: '#2a2f38',
  circle: '#46505f',
  ink: '#ffffff',
  quiet: '#c9d1dc',
  label: 'rgba(0, 0, 0, 0.6)',
  speaks: '#6ea8ff',
};
const font = (px: number) => `${px}px "Noto Sans", "Noto Sans Arabic", "DejaVu Sans", sans-serif`;

function rows(count: number, { left, top, width, height }: Place, columns: number): Place[] {
  const lines = Math.ceil(count / columns);
  return Array.from({ length: count }, (_, nr) => ({
    left: left + ((nr % columns) * width) / columns,
    top: top + (Math.floor(nr / columns) * height) / lines,
    width: width / columns,
    height: height / lines,
  }));
}

/** Where each tile is drawn; those that have no place are not. */
export function placesOf(tiles: readonly Pick<Tile, 'screen'>[], { width, height }: Size): Place[] {
  const whole = { left: 0, top: 0, width, height };
  const first = tiles[0];
  if (!first) return [];
  if (!first.screen) {
    const count = Math.min(tiles.length, fieldsMax);
    return rows(count, whole, Math.ceil(Math.sqrt(count)));
  }
  const beside = Math.min(tiles.length - 1, besideMax);
  if (beside === 0) return [whole];
  const screen = Math.round(width * screenShare);
  const column = { left: screen, top: 0, width: width - screen, height };
  return [{ ...whole, width: screen }, ...rows(beside, column, 1)];
}

function drawVideo(context: CanvasRenderingContext2D, video: HTMLVideoElement, place: Place, whole: boolean) {
  const { videoWidth, videoHeight } = video;
  if (videoWidth === 0 || videoHeight === 0) return;
  const ratios = [place.width / videoWidth, place.height / videoHeight];
  // A face fills its field, of a screen nothing is cut away.
  const scale = whole ? Math.min(...ratios) : Math.max(...ratios);
  const [width, height] = [videoWidth * scale, videoHeight * scale];
  const left = place.left + (place.width - width) / 2;
  const top = place.top + (place.height - height) / 2;
  context.drawImage(video, left, top, width, height);
}

function drawName(context: CanvasRenderingContext2D, tile: Tile, place: Place, words: Way['words']): void {
  const middle = place.left + place.width / 2;
  const radius = Math.min(place.width, place.height) / 5;
  const centre = place.top + place.height / 2 - radius / 3;
  context.fillStyle = colours.circle;
  context.beginPath();
  context.arc(middle, centre, radius, 0, 2 * Math.PI);
  context.fill();
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = colours.ink;
  context.font = font(radius);
  context.fillText([...tile.name][0] ?? '', middle, centre);
  if (tile.agrees) return;
  const px = Math.max(13, Math.min(22, place.width / 22));
  context.font = font(px);
  context.fillStyle = colours.quiet;
  context.fillText(words.notRecorded, middle, centre + radius + px * 1.4, place.width - 2 * gapPx);
}

function drawLabel(
  context: CanvasRenderingContext2D,
  name: string,
  place: Place,
  direction: Way['direction'],
) {
  const px = Math.max(13, Math.min(20, place.width / 24));
  context.font = font(px);
  context.textAlign = 'start';
  context.textBaseline = 'middle';
  const wide = Math.min(context.measureText(name).width, place.width - 4 * gapPx);
  const [width, height] = [wide + 2 * gapPx, px * 1.7];
  const top = place.top + place.height - height - gapPx;
  const left = direction === 'rtl' ? place.left + place.width - width - gapPx : place.left + gapPx;
  context.fillStyle = colours.label;
  context.beginPath();
  context.roundRect(left, top, width, height, 6);
  context.fill();
  context.fillStyle = colours.ink;
  const start = direction === 'rtl' ? left + width - gapPx : left + gapPx;
  context.fillText(name, start, top + height / 2, wide);
}

/** Draws the whole meeting as it is now. */
export function draw(context: CanvasRenderingContext2D, tiles: readonly Tile[], way: Way): void {
  const { widthPx: width, heightPx: height, direction, words } = way;
  context.direction = direction;
  context.fillStyle = colours.ground;
  context.fillRect(0, 0, width, height);
  const places = placesOf(tiles, { width, height });
  if (places.length === 0) {
    context.font = font(28);
    context.textAlign = 'center';
    context.fillStyle = colours.quiet;
    context.fillText(words.empty, width / 2, height / 2);
  }
  const more = tiles.length - places.length;
  for (const [nr, whole] of places.entries()) {
    const tile = tiles[nr];
    if (!tile) continue;
    const place = {
      left: whole.left + gapPx / 2,
      top: whole.top + gapPx / 2,
      width: whole.width - gapPx,
      height: whole.height - gapPx,
    };
    context.save();
    context.beginPath();
    context.roundRect(place.left, place.top, place.width, place.height, 10);
    context.clip();
    context.fillStyle = colours.field;
    context.fillRect(place.left, place.top, place.width, place.height);
    if (tile.video) drawVideo(context, tile.video, place, tile.screen);
    else drawName(context, tile, place, words);
    const last = nr === places.length - 1 && more > 0;
    drawLabel(context, last ? `${tile.name}  +${more}` : tile.name, place, direction);
    context.restore();
    if (tile.speaks) {
      context.strokeStyle = colours.speaks;
      context.lineWidth = 4;
      context.strokeRect(place.left + 2, place.top + 2, place.width - 4, place.height - 4);
    }
  }
}
