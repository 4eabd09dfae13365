import { Controller } from '@nestjs/common';
import { listTemplates, previewTemplate, removeTemplate, saveTemplate } from '@parvis/contract/doc-templates';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { Templates } from './templates.service.ts';

@Controller()
export class TemplateController {
  readonly #templates: Templates;

  constructor(templates: Templates) {
    this.#templates = templates;
  }

  @Serves(listTemplates)
  list(@Asks() caller: Caller, @Input(listTemplates) input: InputOf<typeof listTemplates>) {
    return this.#templates.list(caller, input);
  }

  @Serves(previewTemplate)
  preview(@Asks() caller: Caller, @Input(previewTemplate) input: InputOf<typeof previewTemplate>) {
    return this.#templates.preview(caller, input);
  }

  @Serves(saveTemplate)
  save(@Asks() caller: Caller, @Input(saveTemplate) input: InputOf<typeof saveTemplate>) {
    return this.#templates.save(caller, input);
  }

  @Serves(removeTemplate)
  remove(@Asks() caller: Caller, @Input(removeTemplate) { templateId }: InputOf<typeof removeTemplate>) {
    return this.#templates.remove(caller, templateId);
  }
}
