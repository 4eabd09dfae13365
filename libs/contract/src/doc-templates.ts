import { z } from 'zod';
import { templateIdLengthMax, templatesPageMax } from './limits.ts';
import { operation } from './operation.ts';
import { ByIdInput, Done, Id, LineOrNothing, Locale, Name } from './shape.ts';

export const TemplateScope = z.enum(['built-in', 'site', 'space', 'own']);
export const Template = z.object({
  /** A uuid, or the name of one that comes with the house. */
  id: z.string(),
  scope: TemplateScope,
  title: z.string(),
  description: z.string(),
  /** Whether the person who asked may remove it. */
  removable: z.boolean(),
});
export type Template = z.infer<typeof Template>;

export const listTemplates = operation('GET', '/api/docs/templates', {
  who: 'signed-in',
  summary:
    'Templates for a new document: my own, those of a space, of the site, and those that come with the house',
  input: z.object({ spaceId: Id.optional(), locale: Locale }),
  output: z.object({ templates: z.array(Template).max(templatesPageMax) }),
});
export const previewTemplate = operation('GET', '/api/docs/templates/:templateId', {
  who: 'signed-in',
  summary: 'What a document made from a template begins with',
  input: z.object({ templateId: z.string().min(1).max(templateIdLengthMax), locale: Locale }),
  output: z.object({
    template: Template,
    /** `kind` is the type of the block: paragraph, heading, task… */
    lines: z.array(z.object({ kind: z.string(), level: z.int(), text: z.string() })),
  }),
});
export const saveTemplate = operation('POST', '/api/docs/:id/template', {
  who: 'member',
  summary:
    'Keep the text of a document as a template: my own, for its space (its managers), or for all (administrators)',
  input: ByIdInput.extend({
    title: Name,
    description: LineOrNothing,
    scope: TemplateScope.exclude(['built-in']),
  }),
  output: Template,
});
export const removeTemplate = operation('DELETE', '/api/docs/templates/:templateId', {
  who: 'member',
  summary: 'Remove a template; documents made from it stay',
  input: z.object({ templateId: Id }),
  output: Done,
});
