import type { Locale } from '@parvis/contract/shape';
import type { OpenApi, OpenApiOperation } from './openapi.ts';

/** Text that is already HTML; everything else that {@link html} is given gets escaped. */
class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function safe(value: unknown): string {
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map(safe).join('');
  return String(value ?? '').replace(/[&<>"']/g, (sign) => entities[sign] as string);
}
function html(parts: TemplateStringsArray, ...values: readonly unknown[]): Html {
  return new Html(
    parts.map((part, index) => part + (index < values.length ? safe(values[index]) : '')).join(''),
  );
}

const words = {
  fr: {
    title: 'Interface de programmation',
    intro:
      'Chaque opération de la maison, produite à partir des contrats que les services et le portail partagent.',
    machine: 'Document OpenAPI 3.1',
    contents: 'Sommaire',
    who: 'Qui peut appeler',
    scope: 'robots, avec un jeton pour',
    parameters: 'Paramètres',
    body: 'Corps de la requête',
    answers: 'Réponses',
    required: 'obligatoire',
    optional: 'facultatif',
    version: 'Version',
  },
  en: {
    title: 'Programming interface',
    intro: 'Every operation of the house, made from the contracts that the services and the portal share.',
    machine: 'OpenAPI 3.1 document',
    contents: 'Contents',
    who: 'Who may call',
    scope: 'bots, with a token for',
    parameters: 'Parameters',
    body: 'Request body',
    answers: 'Answers',
    required: 'required',
    optional: 'optional',
    version: 'Version',
  },
  ar: {
    title: 'واجهة البرمجة',
    intro: 'كل عمليات المنصة، مُعدّة من العقود المشتركة بين الخدمات والبوابة.',
    machine: 'وثيقة OpenAPI 3.1',
    contents: 'المحتويات',
    who: 'من يمكنه الاستدعاء',
    scope: 'الروبوتات، برمز مخصَّص لـ',
    parameters: 'المعاملات',
    body: 'محتوى الطلب',
    answers: 'الردود',
    required: 'إلزامي',
    optional: 'اختياري',
    version: 'الإصدار',
  },
} satisfies Record<Locale, Record<string, string>>;
const whos: Record<Locale, Record<OpenApiOperation['x-parvis-who'], string>> = {
  fr: {
    anyone: 'tout le monde',
    'signed-in': 'membres et invités',
    member: 'membres',
    administrator: 'administrateurs',
  },
  en: {
    anyone: 'anyone',
    'signed-in': 'members and guests',
    member: 'members',
    administrator: 'administrators',
  },
  ar: { anyone: 'الجميع', 'signed-in': 'الأعضاء والضيوف', member: 'الأعضاء', administrator: 'المشرفون' },
};

const style = `
:root{color-scheme:light dark;--ground:oklch(.957 .01 84);--raised:oklch(.987 .005 88);--ink:oklch(.245 .028 268);--soft:oklch(.415 .022 268);--line:oklch(.25 .03 268/.16);--accent:oklch(.44 .18 267)}
@media(prefers-color-scheme:dark){:root{--ground:oklch(.182 .016 268);--raised:oklch(.218 .018 268);--ink:oklch(.94 .008 85);--soft:oklch(.8 .01 85);--line:oklch(.94 .008 85/.18);--accent:oklch(.79 .105 272)}}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
main{max-width:60rem;margin-inline:auto;padding:2rem 1rem}h1{font-size:1.75rem;margin:0}h2{margin:2.5rem 0 .5rem}h3{font-size:1rem;margin:0}
h4{font-size:.875rem;color:var(--soft);margin:1rem 0 .25rem}a{color:var(--accent)}p{margin:.5rem 0}
nav ul{columns:16rem;padding-inline-start:1.25rem}code,pre{font:.875rem/1.5 ui-monospace,monospace}pre{overflow:auto;padding:.75rem;border:1px solid var(--line);border-radius:.5rem;background:var(--ground);max-height:24rem}
details{border:1px solid var(--line);border-radius:.75rem;background:var(--raised);margin-block:.5rem}summary{cursor:pointer;padding:.75rem 1rem}
summary h3{display:inline}summary code{overflow-wrap:anywhere}.in{padding:0 1rem 1rem}.soft{color:var(--soft)}dl{margin:0}dt{float:inline-start;clear:both;margin-inline-end:.75rem}dd{margin:0;overflow-wrap:anywhere}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}[dir=ltr]{text-align:left}bdi{unicode-bidi:isolate}`;

const bold = (text: string): Html[] =>
  text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? html`<code dir="ltr">${part}</code>` : html`${part}`));
const code = (value: unknown): Html =>
  html`<pre dir="ltr" tabindex="0">${JSON.stringify(value, null, 2)}</pre>`;

function contentOf(holder: unknown): unknown {
  const content = (holder as { content?: Record<string, { schema?: unknown }> }).content ?? {};
  return Object.values(content)[0]?.schema;
}

function operationHtml(path: string, verb: string, op: OpenApiOperation, locale: Locale): Html {
  const w = words[locale];
  const parameters = (op.parameters ?? []) as {
    name: string;
    in: string;
    required: boolean;
    schema: unknown;
  }[];
  return html`<details id="${op.operationId}"><summary><h3><code dir="ltr">${verb.toUpperCase()} ${path}</code></h3>
<br><bdi lang="en">${op.summary}</bdi></summary><div class="in">
<p><span class="soft">${w.who}:</span> ${whos[locale][op['x-parvis-who']]}${
    op['x-parvis-scope'] ? html`; ${w.scope} <code dir="ltr">${op['x-parvis-scope']}</code>` : ''
  } · <code dir="ltr">${op.operationId}</code></p>
${
  parameters.length === 0
    ? ''
    : html`<h4>${w.parameters}</h4>${parameters.map(
        (one) =>
          html`<p><code dir="ltr">${one.name}</code> <span class="soft">(${one.in}, ${one.required ? w.required : w.optional})</span></p>${code(one.schema)}`,
      )}`
}
${op.requestBody ? html`<h4>${w.body}</h4>${code(contentOf(op.requestBody))}` : ''}
<h4>${w.answers}</h4><dl>${Object.entries(op.responses).map(
    ([status, one]) =>
      html`<dt><code dir="ltr">${status}</code></dt><dd lang="en" dir="ltr">${bold(String(one.description))}</dd>`,
  )}</dl>${code(contentOf(op.responses['200']))}</div></details>
`;
}

/**
 * The document as one page for people: no script, no request to anywhere, works as it is. Serve it with a
 * content-security-policy of `default-src 'none'; style-src 'unsafe-inline'` at most.
 */
export function openApiPage(document: OpenApi, locale: Locale): string {
  const w = words[locale];
  const all = Object.entries(document.paths).flatMap(([path, verbs]) =>
    Object.entries(verbs).map(([verb, op]) => ({ path, verb, op })),
  );
  const domains = document.tags.map(({ name }) => ({
    name,
    all: all.filter(({ op }) => op.tags.includes(name)),
  }));
  const page = html`<!doctype html>
<html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${document.info.title} · ${w.title}</title>
<style>${new Html(style)}</style></head><body><main><header><h1>${document.info.title} · ${w.title}</h1>
<p>${w.intro}</p><p class="soft">${w.version} <bdi>${document.info.version}</bdi> · <a href="/api/openapi.json">${w.machine}</a></p>
<p lang="en" dir="ltr">${bold(document.info.description)}</p></header>
<nav aria-label="${w.contents}"><h2>${w.contents}</h2><ul>${domains.map(
    ({ name, all: own }) =>
      html`<li><a href="#${name}">${name}</a> <span class="soft">(${own.length})</span></li>`,
  )}</ul></nav>
${domains.map(
  ({ name, all: own }) => html`<section aria-labelledby="${name}"><h2 id="${name}">${name}</h2>
${own.map(({ path, verb, op }) => operationHtml(path, verb, op, locale))}</section>`,
)}</main></body></html>
`;
  return page.text;
}
