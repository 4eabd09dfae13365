import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { Module } from '@nestjs/common';
import { grant } from '@parvis/access/grants';
import { searchDocuments } from '@parvis/contract/doc-search';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { database } from '../apps/docs/src/database.ts';
import { byLanguage } from '@parvis/server/words';
import { writeText } from '../apps/docs/src/index/write.ts';

/**
 * Search in the text of documents over HTTP: 20,000 documents of 200 to 1,000 words in 200 spaces, words as common as in
 * real texts, asked by a member of 40 spaces, by one of all, and by somebody who was given one document. Each figure is the
 * worst percentile of a kind of question beside its bar. PARVIS_BENCH_DATABASE_URL names a superuser's PostgreSQL; apps/docs
 * must be built. `--quick`: 2,000 documents. `--json`: a line per figure.
 */
const quick = process.argv.includes('--quick');
const json = process.argv.includes('--json');
const documents = quick ? 2_000 : 20_000;
const spaces = quick ? 50 : 200;
const questions = quick ? 60 : 200;
const barMs = 100;
const lexiconSize = 20_000;
const readyMsMax = 20_000;

/** Numbers between 0 and 1, the same in each run. */
let state = 7;
function random(): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
}

const syllables = 'ra lo mi den tu ber sal vo ni car pel dou fa gri mon tes lu bar que zan'.split(' ');
const lexicon = Array.from({ length: lexiconSize }, (_, at) => {
  let rest = at + 400;
  let word = '';
  while (rest > 0) {
    word += syllables[rest % syllables.length];
    rest = Math.floor(rest / syllables.length);
  }
  return word;
});
/** A word by its place in the order of use: the first ones are in most texts, the last in few (Zipf). */
const anyWord = () => lexicon[Math.floor(lexiconSize ** random()) - 1] ?? 'ra';
const wordNear = (place: number) => lexicon[Math.floor(place * (0.8 + random() * 0.4))] ?? 'ra';

function aText(): string[] {
  const lines = 10 + Math.floor(random() * 40);
  return Array.from({ length: lines }, () => `le ${Array.from({ length: 20 }, anyWord).join(' ')} et la`);
}

async function fill(house: House, owner: Visitor): Promise<{ spaceIds: string[]; one: string }> {
  const spaceIds: string[] = [];
  for (let nr = 0; nr < spaces; nr++) spaceIds.push((await house.space({ owner })).uid);
  let one = '';
  for (let nr = 0; nr < documents; nr++) {
    const title = `${anyWord()} ${anyWord()} ${nr}`;
    const [row] = await house.db.query<{ id: number; uid: string }>(
      `with s as (select id, top_id, access_id from access.resource where uid = $1),
        made as (
          insert into access.resource (kind, title, title_key, owner_id, parent_id, top_id, access_id, space_id, updated_at)
          select 'document', $2, $2, $3, id, top_id, access_id, id, now() - $4 * interval '1 minute' from s
          returning id, uid),
        kept as (insert into docs.document (resource_id, uid, epoch) select id, uid, $5 from made)
       select id::float8 as id, uid from made`,
      [spaceIds[nr % spaces], title, owner.person.id, nr * 25, randomUUID()],
    );
    if (row === undefined) throw new Error('a document was not made');
    const lines = aText();
    const found = {
      lines: lines.map((text, at) => ({ blockId: `b${at}`, text, kind: 'paragraph', level: 0 })),
      words: byLanguage(lines),
    };
    await writeText(house.db, row.id, 0, title, found);
    one = row.uid;
  }
  await house.db.query('vacuum analyze docs.text');
  await house.db.query('vacuum analyze access.resource');
  return { spaceIds, one };
}

let missed = 0;
function tell(figure: string, value: number): void {
  const rounded = Math.round(value * 10) / 10;
  const ok = value <= barMs;
  if (!ok) missed++;
  const line = { figure, value: rounded, unit: 'ms', against: barMs, ratio: rounded / barMs, bar: 1, ok };
  const words = `${ok ? 'ok ' : 'OVER'} ${figure}: ${rounded} ms (bar ${barMs})`;
  process.stdout.write(`${json ? JSON.stringify(line) : words}\n`);
}

const kinds: Record<string, () => string> = {
  'a rare word': () => wordNear(15_000),
  'a usual word': () => wordNear(500),
  'a word of most texts': () => wordNear(20),
  'two words': () => `${wordNear(60)} ${wordNear(300)}`,
  'three letters as typed': () => wordNear(200).slice(0, 3),
};

async function measure(name: string, who: Visitor): Promise<void> {
  for (const [kind, question] of Object.entries(kinds)) {
    const times: number[] = [];
    for (let nr = 0; nr < questions; nr++) {
      const q = question();
      const from = performance.now();
      await who.call(searchDocuments, { q });
      times.push(performance.now() - from);
    }
    times.sort((a, b) => a - b);
    for (const [share, percent] of [
      [0.5, 50],
      [0.99, 99],
    ] as const)
      tell(`${name}, ${kind}, p${percent}`, times[Math.floor(times.length * share)] ?? Number.NaN);
  }
}

/** The built service in a process of its own. */
async function startService(house: House): Promise<{ url: string; child: ChildProcess }> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const main = fileURLToPath(new URL('../apps/docs/dist/main.js', import.meta.url));
  const env = { PATH: process.env.PATH, ...house.env, DOCS_PORT: String(port) };
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const url = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + readyMsMax;
  while (!(await fetch(`${url}/health/ready`).catch(() => null))?.ok) {
    if (Date.now() > deadline) throw new Error('the service did not start');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { url, child };
}

class Nothing {}
Module({})(Nothing);

process.env.PARVIS_TEST_DATABASE_URL ??= process.env.PARVIS_BENCH_DATABASE_URL;
const house = await aHouse([{ name: 'docs', module: Nothing, database }]);
const service = await startService(house);
try {
  const at = () => service.url;
  const owner = await house.person({}, at);
  const { spaceIds, one } = await fill(house, owner);
  const member = await house.person({}, at);
  for (const resourceUid of spaceIds.filter((_, nr) => nr % 5 === 0))
    await grant(house.db, { resourceUid, subjectId: member.person.id, role: 'editor' }, owner.person.id);
  const visitor = await house.person({}, at);
  await grant(house.db, { resourceUid: one, subjectId: visitor.person.id, role: 'reader' }, owner.person.id);
  await measure('a member of a fifth of the spaces', member);
  await measure('a member of all spaces', owner);
  await measure('somebody with one document', visitor);
} finally {
  service.child.kill();
  await house.stop();
}
process.exitCode = missed > 0 ? 1 : 0;
