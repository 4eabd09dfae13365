import { writeFileSync } from 'node:fs';
import { test } from 'vitest';
import { wholePaper } from './sample.kit.ts';
import { writeDocx } from './write-docx.ts';
import { writeHtml } from './write-html.ts';
import { writeMarkdown } from './write-markdown.ts';
test('w', async () => {
  writeFileSync('/var/tmp/convert/a.docx', await writeDocx(wholePaper));
  writeFileSync('/var/tmp/convert/a.html', writeHtml(wholePaper));
  writeFileSync('/var/tmp/convert/a.md', writeMarkdown(wholePaper));
});
import { writeOdt } from './write-odt.ts';
test('o', async () => writeFileSync('/var/tmp/convert/b.odt', await writeOdt(wholePaper)));
