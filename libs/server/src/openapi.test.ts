import { everyOperation } from '@parvis/contract/every-operation';
import { operation } from '@parvis/contract/operation';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openApiOf } from './openapi.ts';
import { openApiPage } from './openapi-page.ts';

const about = { version: '1.2.3', publicUrl: 'https://parvis.example' };
const small = {
  rename: operation('PATCH', '/api/x/things/:id', {
    who: 'member',
    summary: 'Rename <b>a</b> thing & "more"',
    input: z.object({ id: z.uuid(), title: z.string().max(9) }),
    output: z.object({ title: z.string() }),
  }),
  look: operation('GET', '/api/x/things/:id', {
    who: 'anyone',
    summary: 'Look',
    input: z.object({ id: z.uuid(), deep: z.string().optional() }),
    output: z.object({ title: z.string() }),
  }),
};

describe('the OpenAPI document', () => {
  test('names every operation of the contract once, with answers and refusals', () => {
    const document = openApiOf(everyOperation, about);
    const all = Object.values(document.paths).flatMap((verbs) => Object.values(verbs));
    expect(all.map((op) => op.operationId).sort()).toEqual(Object.keys(everyOperation).sort());
    for (const op of all) {
      expect(op.responses['200']).toBeDefined();
      expect(op.responses.default).toBeDefined();
      const scope = everyOperation[op.operationId]?.scope;
      expect(op['x-parvis-scope']).toBe(scope);
      expect(op.security.some((one) => 'bot' in one)).toBe(scope !== undefined);
      expect(op.security.length > 0).toBe(op['x-parvis-who'] !== 'anyone');
    }
  });
  test('puts fields where they travel: the path, then query or body', () => {
    const paths = openApiOf(small, about).paths['/api/x/things/{id}'];
    expect(Object.keys(paths ?? {}).sort()).toEqual(['get', 'patch']);
    expect(paths?.get?.parameters).toMatchObject([
      { name: 'id', in: 'path', required: true, schema: { format: 'uuid' } },
      { name: 'deep', in: 'query', required: false },
    ]);
    expect(paths?.get?.requestBody).toBeUndefined();
    expect(paths?.patch?.parameters).toHaveLength(1);
    expect(paths?.patch?.requestBody).toMatchObject({
      content: {
        'application/json': { schema: { required: ['title'], properties: { title: { maxLength: 9 } } } },
      },
    });
    expect(JSON.stringify(paths?.patch?.requestBody)).not.toContain('"id"');
  });
  test('every reference inside it leads somewhere', () => {
    const document = openApiOf(everyOperation, about);
    const text = JSON.stringify(document);
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] as string);
    expect(references.length).toBeGreaterThan(0);
    for (const reference of new Set(references)) {
      const at = reference
        .slice(2)
        .split('/')
        .reduce<unknown>((node, key) => (node as Record<string, unknown>)?.[key], document);
      expect(at, reference).toBeDefined();
    }
  });
  test('the cookie has the name that browsers know', () => {
    const cookie = (publicUrl: string) =>
      (openApiOf(small, { ...about, publicUrl }).components.securitySchemes as { session: { name: string } })
        .session.name;
    expect([cookie('https://a.example'), cookie('http://127.0.0.1:8080')]).toEqual([
      '__Host-parvis',
      'parvis',
    ]);
  });
});

describe('the page for people', () => {
  test.each(['fr', 'en', 'ar'] as const)(
    'in %s it names every operation and asks nobody for anything',
    (locale) => {
      const page = openApiPage(openApiOf(everyOperation, about), locale);
      for (const name of Object.keys(everyOperation)) expect(page).toContain(`id="${name}"`);
      expect(page).toContain(`<html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}">`);
      expect(page).not.toMatch(/<script|src=|https?:\/\/(?!json-schema)/);
      expect(page).not.toMatch(/undefined|\[object/);
    },
  );
  test('words of the contract are text, never markup', () => {
    const page = openApiPage(openApiOf(small, about), 'en');
    expect(page).toContain('Rename &lt;b&gt;a&lt;/b&gt; thing &amp; &quot;more&quot;');
    expect(page).not.toContain('<b>');
  });
});
