import { boardHeight, boardWidth, type Shape } from '@parvis/document/board';
import { pathOf } from './geometry.ts';
import { holdsWords } from './tools.ts';

/** Dots of the picture per unit of the sheet. */
const scale = 2;
/** As in board.css: size and height of a line of words, and the margin of a note, in units of the sheet. */
const wordSize = 28;
const lineHeight = 1.3;
const noteMargin = 16;

const rightToLeft = /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}]/u;

/** Words broken into lines of a width, at spaces where there are any. */
function linesOf(pen: CanvasRenderingContext2D, text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => {
    const lines = [''];
    for (const word of line.split(/(?<=\s)/)) {
      const last = lines.at(-1) ?? '';
      if (last !== '' && pen.measureText(last + word.trimEnd()).width > width) lines.push(word);
      else lines[lines.length - 1] = last + word;
    }
    return lines;
  });
}

function paintWords(pen: CanvasRenderingContext2D, shape: Shape, colour: string, font: string): void {
  const { x, y, w, h, kind, text } = shape;
  const margin = kind === 'note' ? noteMargin : 0;
  pen.font = `${wordSize}px ${font}`;
  const lines = linesOf(pen, text, w - 2 * margin);
  if (kind === 'note') {
    pen.globalAlpha = 0.16;
    pen.fillRect(x, y, w, Math.max(h, lines.length * wordSize * lineHeight + 2 * margin));
    pen.globalAlpha = 1;
  }
  pen.textBaseline = 'top';
  const isRight = rightToLeft.test(text);
  pen.direction = isRight ? 'rtl' : 'ltr';
  pen.textAlign = 'start';
  pen.fillStyle = colour;
  for (const [at, line] of lines.entries())
    pen.fillText(line, isRight ? x + w - margin : x + margin, y + margin + at * wordSize * lineHeight);
}

/**
 * Saves what is drawn as a PNG of 3200 × 2000 dots, in the inks of the sheet that shows it.
 * @throws Error where the browser makes no picture
 */
export async function savePicture(
  shapes: readonly Shape[],
  sheet: HTMLElement | null,
  title: string,
): Promise<void> {
  const canvas = document.createElement('canvas');
  canvas.width = boardWidth * scale;
  canvas.height = boardHeight * scale;
  const pen = canvas.getContext('2d');
  if (pen === null || sheet === null) throw new Error('no canvas');
  const style = getComputedStyle(sheet);
  pen.scale(scale, scale);
  pen.fillStyle = style.backgroundColor;
  pen.fillRect(0, 0, boardWidth, boardHeight);
  pen.lineWidth = 4;
  pen.lineCap = 'round';
  pen.lineJoin = 'round';
  const words = style.getPropertyValue('--ink');
  for (const shape of shapes) {
    const isPlainNote = shape.kind === 'note' && shape.ink === 'ink';
    const colour = style.getPropertyValue(isPlainNote ? '--board-paper' : `--board-${shape.ink}`);
    pen.strokeStyle = colour;
    pen.fillStyle = colour;
    if (holdsWords(shape.kind))
      paintWords(pen, shape, shape.kind === 'note' ? words : colour, style.fontFamily);
    else pen.stroke(new Path2D(pathOf(shape)));
  }
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  if (blob === null) throw new Error('no picture');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = `${title.replaceAll(/[\\/:*?"<>|]+/g, ' ').trim() || 'board'}.png`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
