import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { KeptTextQuery, keptTextPath, updateType } from '@parvis/contract/doc-sync';
import type { Document } from '@parvis/contract/docs';
import { keptTextBytesMax } from '@parvis/contract/limits';
import { Id } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Refused } from '@parvis/server/refused';
import { Asks, For, type HouseRequest } from '@parvis/server/serves';
import type { Service } from '@parvis/server/service';
import { KeptTexts } from './kept-text.service.ts';

/** Whole texts are bytes, and longer than JSON may be. */
export const takeKeptTexts: NonNullable<Service['http']> = (fastify) => {
  fastify.addContentTypeParser(
    updateType,
    { parseAs: 'buffer', bodyLimit: keptTextBytesMax },
    (_request, body, done) => done(null, body),
  );
};

@Controller()
export class KeptTextController {
  readonly #texts: KeptTexts;

  constructor(texts: KeptTexts) {
    this.#texts = texts;
  }

  @Post(keptTextPath)
  @HttpCode(200)
  @For('signed-in', 'a text as bytes and not JSON; who may make a document there is asked by making it')
  keep(@Asks() caller: Caller, @Req() request: HouseRequest): Promise<Document> {
    const uid = Id.safeParse((request.params as { id?: unknown }).id);
    if (!uid.success) throw Refused.notFound();
    const query = KeptTextQuery.safeParse(request.query);
    if (!query.success) throw Refused.badInput();
    if (!Buffer.isBuffer(request.body)) throw new Refused(415, 'wrong-content-type');
    return this.#texts.keep(caller, { uid: uid.data, title: query.data.title, update: request.body });
  }
}
