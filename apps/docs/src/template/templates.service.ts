import { Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import { checkAbility, load } from '@parvis/access/read';
import { scopeOf, shown, visibleTo } from '@parvis/access/scope';
import type { listTemplates, previewTemplate, saveTemplate, Template } from '@parvis/contract/doc-templates';
import { templatesPageMax } from '@parvis/contract/limits';
import type { InputOf, OutputOf } from '@parvis/contract/operation';
import { done, type Locale } from '@parvis/contract/shape';
import { firstUpdate, type SimpleBlock } from '@parvis/document/seed';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import { mustBeText } from '../document/form.ts';
import { Texts } from '../index/texts.ts';
import { UpdateLog } from '../log/log.ts';
import { builtIn, builtInNames } from './built-in.ts';

type Preview = OutputOf<typeof previewTemplate>;
/** Lines of a preview. */
const linesMax = 40;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

interface Row {
  uid: string;
  scope: 'site' | 'space' | 'own';
  title: string;
  description: string;
  ownerId: number | null;
  /** The space of a space's template, if there is one and the person manages it. */
  manages: boolean;
}

/** Templates: those that come with the house, the site's, a space's and one's own. */
@Injectable()
export class Templates {
  readonly #database: Database;
  readonly #log: UpdateLog;
  readonly #texts: Texts;

  constructor(database: Database, log: UpdateLog, texts: Texts) {
    this.#database = database;
    this.#log = log;
    this.#texts = texts;
  }

  /** One's own first, then the space's, the site's, and those of the house. @throws Refused `not-found` for a stranger to the space */
  async list(
    caller: Caller,
    { spaceId, locale }: InputOf<typeof listTemplates>,
  ): Promise<{ templates: Template[] }> {
    const seen = spaceId === undefined || (await load(this.#database.db, caller, spaceId, { kind: 'space' }));
    if (seen === null) throw Refused.notFound();
    const rows = await this.#rows(
      caller,
      "(t.scope <> 'space' or s.uid = $5) order by t.scope, lower(t.title), t.uid",
      spaceId ?? null,
    );
    const ranked = ['own', 'space', 'site'].flatMap((scope) => rows.filter((row) => row.scope === scope));
    const house = builtInNames.flatMap((name): Template[] => {
      const one = builtIn(name, locale);
      if (one === null) return [];
      return [
        { id: name, scope: 'built-in', title: one.title, description: one.description, removable: false },
      ];
    });
    const kept = ranked.slice(0, templatesPageMax - house.length).map((row) => presentTemplate(caller, row));
    return { templates: [...kept, ...house] };
  }

  /** Rows that this person may use. $1 is the person, $2 their subjects, $3 and $4 their scope, $5 is given. */
  async #rows(caller: Caller, rest: string, given: unknown): Promise<Row[]> {
    const { db } = this.#database;
    const scope = await scopeOf(db, caller);
    const visible = visibleTo(scope, 's', 3);
    return db.query<Row>(
      `select t.uid, t.scope, t.title, t.description, t.owner_id as "ownerId",
              coalesce(access.role_at(s.access_id, $2::int[]) >= 4, false) as manages
         from docs.template t left join access.resource s on s.id = t.space_id
        where (t.scope = 'site' or (t.scope = 'own' and t.owner_id = $1)
               or (t.scope = 'space' and ${visible.sql} and ${shown('s')}))
          and ${rest} limit ${templatesPageMax}`,
      [caller.id, scope.subjects, ...visible.params, given],
    );
  }

  /** @throws Refused `not-found`, for what is another's too */
  async #one(caller: Caller, id: string): Promise<Row> {
    const [row] = uuid.test(id) ? await this.#rows(caller, 't.uid = $5::uuid', id) : [];
    if (row === undefined) throw Refused.notFound();
    return row;
  }

  /** @throws Refused `not-found` */
  async preview(caller: Caller, { templateId, locale }: InputOf<typeof previewTemplate>): Promise<Preview> {
    const house = builtIn(templateId, locale);
    if (house !== null) {
      const { title, description, blocks } = house;
      const template = { id: templateId, scope: 'built-in', title, description, removable: false } as const;
      return { template, lines: blocks.map(lineOf).filter(({ text }) => text !== '') };
    }
    const row = await this.#one(caller, templateId);
    const [kept] = await this.#database.db.query<{ lines: Preview['lines'] }>(
      'select lines from docs.template where uid = $1',
      [row.uid],
    );
    return { template: presentTemplate(caller, row), lines: kept?.lines ?? [] };
  }

  /** First content of a document made from a template, as a Yjs update (v1). @throws Refused `not-found` */
  async content(caller: Caller, templateId: string, locale: Locale): Promise<Uint8Array> {
    const house = builtIn(templateId, locale);
    if (house !== null) return firstUpdate(house.blocks);
    const row = await this.#one(caller, templateId);
    const [kept] = await this.#database.db.query<{ content: Buffer }>(
      'select content from docs.template where uid = $1',
      [row.uid],
    );
    if (kept === undefined) throw Refused.notFound();
    return kept.content;
  }

  /** @throws Refused `not-found`, `not-allowed`, `wrong-kind` (a board) */
  async save(caller: Caller, input: InputOf<typeof saveTemplate>): Promise<Template> {
    const { db } = this.#database;
    const document = await load(db, caller, input.id, { kind: 'document' });
    if (document === null) throw Refused.notFound();
    await mustBeText(db, document.id);
    if (input.scope === 'site' && !caller.administrator) throw Refused.notAllowed();
    if (input.scope === 'space') {
      if (document.spaceUid === null) throw Refused.notFound();
      await checkAbility(db, caller, document.spaceUid, 'manage');
    }
    const stored = await this.#log.read(document.id);
    const content = await this.#texts.copy(document.id);
    if (stored === null || content === null) throw Refused.notFound();
    const { lines } = await this.#texts.gather(stored);
    const shownLines = lines.slice(0, linesMax).map(({ kind, level, text }) => ({ kind, level, text }));
    const uid = await this.#database.transaction(async (inside) => {
      const [made] = await inside.query<{ uid: string }>(
        `insert into docs.template (scope, space_id, owner_id, title, description, content, lines)
         values ($1, $2, $3, $4, $5, $6, $7::jsonb) returning uid`,
        [
          input.scope,
          input.scope === 'space' ? document.spaceId : null,
          caller.id,
          input.title,
          input.description,
          Buffer.from(content),
          JSON.stringify(shownLines),
        ],
      );
      const detail = { template: made?.uid, scope: input.scope };
      await audit(inside, { actorId: caller.id, action: 'template.saved', resourceId: document.id, detail });
      return made?.uid ?? '';
    });
    return presentTemplate(caller, await this.#one(caller, uid));
  }

  /** @throws Refused `not-found`, `not-allowed` */
  async remove(caller: Caller, templateId: string) {
    const row = await this.#one(caller, templateId);
    if (!mayRemove(caller, row)) throw Refused.notAllowed();
    await this.#database.transaction(async (db) => {
      await db.query('delete from docs.template where uid = $1', [row.uid]);
      const detail = { template: row.uid, scope: row.scope };
      await audit(db, { actorId: caller.id, action: 'template.removed', detail });
    });
    return done;
  }
}

function mayRemove(caller: Caller, row: Row): boolean {
  return row.ownerId === caller.id || (row.scope === 'site' && caller.administrator) || row.manages;
}

function presentTemplate(caller: Caller, row: Row): Template {
  const { uid: id, scope, title, description } = row;
  return { id, scope, title, description, removable: mayRemove(caller, row) };
}

function lineOf(block: SimpleBlock): Preview['lines'][number] {
  const text = typeof block.text === 'string' ? block.text : block.text.map((run) => run.text).join('');
  return { kind: block.kind, level: block.kind === 'heading' ? block.level : 0, text };
}
