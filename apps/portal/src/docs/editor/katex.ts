import 'katex/dist/katex.min.css';
import katex from 'katex';

/** Ems beyond which a formula may not enlarge what it draws, and macros that it may expand. */
const sizeEmsMax = 20;
const expansionsMax = 500;

/** Draws a formula, for the eye and (as MathML) for readers. Answers what is wrong with it, or null. */
export function draw(into: HTMLElement, tex: string, display: boolean): string | null {
  try {
    katex.render(tex, into, {
      displayMode: display,
      output: 'htmlAndMathml',
      throwOnError: true,
      trust: false,
      strict: false,
      maxSize: sizeEmsMax,
      maxExpand: expansionsMax,
    });
    return null;
  } catch (error) {
    into.textContent = tex;
    return error instanceof Error ? error.message : '';
  }
}
