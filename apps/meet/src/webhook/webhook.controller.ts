import { Body, Controller, Headers, HttpCode, Post } from '@nestjs/common';
import { Refused } from '@parvis/server/refused';
import { For } from '@parvis/server/serves';
import type { FastifyInstance } from 'fastify';
import { LiveKit } from '../livekit.ts';
import { WebhookService } from './webhook.service.ts';

/** LiveKit signs the bytes of the body, so they are kept as text. */
export function takeWebhooks(fastify: FastifyInstance): void {
  fastify.addContentTypeParser('application/webhook+json', { parseAs: 'string' }, (_, body, done) =>
    done(null, body),
  );
}

@Controller()
export class WebhookController {
  constructor(
    private readonly livekit: LiveKit,
    private readonly webhooks: WebhookService,
  ) {}

  /** LiveKit tells what happens in its rooms; signed with our key, repeated until answered, acted on once. */
  @Post('/api/meet/livekit-webhook')
  @HttpCode(200)
  @For('anyone', 'LiveKit has no session: the signature over the body is checked instead')
  async hear(@Body() body: unknown, @Headers('authorization') authorization?: string) {
    if (typeof body !== 'string') throw Refused.badInput();
    const event = await this.livekit.heard(body, authorization);
    if (event === null) throw Refused.noSession();
    await this.webhooks.heard(event);
    return { heard: true };
  }
}
