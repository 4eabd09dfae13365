import { expect, test } from 'vitest';
import { sampleRate } from './ogg-opus.ts';
import { type Placed, SoundClock } from './sound-clock.ts';

const pieceMs = 10;
const piece = new Int16Array((sampleRate / 1_000) * pieceMs);
const begun = 1_700_000_000_000;

/** Pieces of 10 ms that come at these milliseconds; where each was put, in milliseconds after the beginning. */
function placesOf(comeAt: readonly number[]): number[] {
  const clock = new SoundClock();
  const placed: Placed[] = comeAt.flatMap((ms) => clock.place(piece, begun + ms));
  return [...placed, ...clock.end()].map(({ at }) => at - begun);
}
const count = (of: number, from = 0) => Array.from({ length: of }, (_, nr) => from + (nr + 1) * pieceMs);

test('sound that a busy machine hands over late and all at once keeps its place, one piece after the other', () => {
  const late = [...count(50), ...count(80, 500).map(() => 1_300), ...count(50, 1_300)];
  expect(placesOf(late)).toEqual(Array.from({ length: 180 }, (_, nr) => nr * pieceMs));
});

test('sound that stays late for a second, until the machine has caught up, keeps its place too', () => {
  const late = [...count(50), ...count(100, 1_300), ...count(80, 0).map(() => 2_310), ...count(50, 2_310)];
  expect(placesOf(late)).toEqual(Array.from({ length: 280 }, (_, nr) => nr * pieceMs));
});

test('a microphone that was away goes on where the clock is, and all that it sends is there', () => {
  const away = [...count(50), ...count(200, 10_000)];
  const places = placesOf(away);
  expect(places).toHaveLength(250);
  expect(places.slice(0, 50)).toEqual(Array.from({ length: 50 }, (_, nr) => nr * pieceMs));
  expect(places.slice(50)).toEqual(Array.from({ length: 200 }, (_, nr) => 10_000 + nr * pieceMs));
});

test('what a microphone sent that was away and ended before that was clear is where it came', () => {
  expect(placesOf([...count(50), ...count(20, 10_000)]).slice(50)).toEqual(
    Array.from({ length: 20 }, (_, nr) => 10_000 + nr * pieceMs),
  );
});

test('sound cannot come before it was made: a first piece that came late does not make all others early', () => {
  const places = placesOf([400, ...count(39, 0).map(() => 400), ...count(100, 400)]);
  expect(places.slice(-100)).toEqual(Array.from({ length: 100 }, (_, nr) => 400 + nr * pieceMs));
});
