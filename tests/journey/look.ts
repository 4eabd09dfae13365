import { AxeBuilder } from '@axe-core/playwright';
import { readdirSync } from 'node:fs';
import type { Page } from 'playwright-core';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const sources = new URL('../../apps/portal/src/', import.meta.url);
/** The domains of sentences: a key that has none is shown as `domain.key`. */
const domains = readdirSync(sources, { withFileTypes: true })
  .filter(
    (entry) =>
      entry.isDirectory() && readdirSync(new URL(`${entry.name}/`, sources)).includes('messages.fr.json'),
  )
  .map((entry) => entry.name);

/** What axe finds wrong, each with where. */
export async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).setLegacyMode(true).withTags(rules).analyze();
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary?.split('\n')[1]?.trim()}`,
    ),
  );
}

/** Whatever one would have to scroll sideways to see, or cannot see at all. */
export function overflows(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const root = document.scrollingElement;
    const wide = window.innerWidth;
    if (root && root.scrollWidth > wide) found.push(`the page is ${root.scrollWidth} px wide`);
    const scrolls = (node: Element | null): boolean =>
      node !== null &&
      (/(auto|scroll)/.test(getComputedStyle(node).overflowX) && node.clientWidth < wide * 0.95
        ? true
        : scrolls(node.parentElement));
    for (const node of document.querySelectorAll(
      'a[href], button, input, textarea, h1, h2, h3, [role=tab]',
    )) {
      if (!node.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      const { left, right, width, height } = node.getBoundingClientRect();
      // A field that a drawn one stands for is moved away by whoever draws it.
      const away = Number(getComputedStyle(node).opacity) === 0 || (left < 0 && right <= 0);
      const hidden =
        away || width <= 1 || height <= 1 || node.matches('.p-skip') || scrolls(node.parentElement);
      if (hidden || (left >= -1 && right <= wide + 1)) continue;
      found.push(
        `${node.tagName}.${node.className} "${(node.textContent ?? '').trim().slice(0, 40)}" from ${left} to ${right} of ${wide}, letters ${document.fonts.status}`,
      );
    }
    return found;
  });
}

/** Keys shown or announced in place of their sentences. */
export async function rawKeys(page: Page): Promise<string[]> {
  const said = await page.evaluate(() => {
    const spoken = ['aria-label', 'title', 'placeholder', 'alt', 'data-label'];
    const words = [document.title, document.body.innerText];
    for (const node of document.querySelectorAll(spoken.map((name) => `[${name}]`).join())) {
      for (const name of spoken) words.push(node.getAttribute(name) ?? '');
    }
    return words.join('\n');
  });
  const key = new RegExp(
    `(?<!@)\\b(?:${domains.join('|')})(?:[A-Z][A-Za-z]*)?\\.[a-z][\\w-]*(?:\\.[\\w-]+)*\\b`,
    'g',
  );
  return said.match(key) ?? [];
}

/** Waits until nothing on the page is still on its way: letters, pictures and, unless it shows some, skeletons. */
export async function settled(page: Page, { showsBusy = false } = {}): Promise<void> {
  await page.waitForFunction((ignored) => {
    const busy =
      !ignored && [...document.querySelectorAll('[aria-busy="true"]')].some((node) => node.checkVisibility());
    const pictures = [...document.images].every((image) => image.complete);
    return document.readyState === 'complete' && !busy && pictures && document.fonts.status === 'loaded';
  }, showsBusy);
}
