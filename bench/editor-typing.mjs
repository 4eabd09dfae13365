/** Words of a text that says nothing: the same for every editor and in every run. */
const words = 'la limite sud de la zone suit désormais le chenal et reste hors passe pour les pilotes'.split(
  ' ',
);

/** A page of HTML: `blocks` paragraphs of `perBlock` words each. */
export function longText(blocks, perBlock) {
  let at = 7;
  const next = () => {
    at = (at * 1_103_515_245 + 12_345) % 2_147_483_648;
    return words[at % words.length];
  };
  const paragraph = (nr) => `<p>${nr} ${Array.from({ length: perBlock - 1 }, next).join(' ')}.</p>`;
  return Array.from({ length: blocks }, (_, nr) => paragraph(nr + 1)).join('');
}

/** From now on the page notes, for each key, the milliseconds from the key to the end of the next painted frame. */
export async function watchKeys(page) {
  await page.evaluate(() => {
    window.keyTimes = [];
    document.addEventListener(
      'keydown',
      (event) => {
        const pressed = event.timeStamp;
        requestAnimationFrame(() => {
          const after = new MessageChannel();
          after.port1.addEventListener('message', () => window.keyTimes.push(performance.now() - pressed));
          after.port1.start();
          after.port2.postMessage(null);
        });
      },
      { capture: true },
    );
  });
}

/** Puts the cursor at the end of the paragraph in the middle of the text. */
export async function toTheMiddle(page, editor) {
  await page.evaluate((selector) => {
    const paragraphs = [...document.querySelectorAll(`${selector} p`)].filter(
      (one) => (one.textContent ?? '').length > 100,
    );
    paragraphs[Math.floor(paragraphs.length / 2)].scrollIntoView({ block: 'center' });
  }, editor);
  const box = await page.evaluate((selector) => {
    const paragraphs = [...document.querySelectorAll(`${selector} p`)].filter(
      (one) => (one.textContent ?? '').length > 100,
    );
    const { left, top } = paragraphs[Math.floor(paragraphs.length / 2)].getBoundingClientRect();
    return { x: left + 40, y: top + 10 };
  }, editor);
  await page.mouse.click(box.x, box.y);
  await page.keyboard.press('End');
}

/** Types `count` letters, one each `everyMs`, and answers how long each took. */
export async function type(page, count, everyMs) {
  await page.bringToFront();
  await page.evaluate(() => {
    window.keyTimes.length = 0;
  });
  for (let nr = 0; nr < count; nr += 1) {
    await page.keyboard.press('a');
    await page.waitForTimeout(everyMs);
  }
  await page.waitForTimeout(300);
  return page.evaluate(() => window.keyTimes);
}
