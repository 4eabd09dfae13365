import { expect, test } from 'vitest';
import { codeIn } from './code.ts';

test.each([
  ['abc-defg-hij', 'abc-defg-hij'],
  [' ABC defg HIJ ', 'abc-defg-hij'],
  ['abcdefghij', 'abc-defg-hij'],
  ['https://parvis.example/m/abc-defg-hij#key=xyz', 'abc-defg-hij'],
  ['abc-defg-hi', null],
  ['', null],
])('in %j the code is %s', (text, code) => expect(codeIn(text)).toBe(code));
