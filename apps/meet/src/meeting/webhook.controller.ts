import { Body, Controller, Headers, HttpCode, Post } from '@nestjs/common';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import { For } from '@parvis/server/serves';
import type { FastifyInstance } from 'fastify';
import { LiveKit } from '../livekit.ts';
import { Leaving } from './leaving.ts';
import { arrived, departed, emptied } from './stays.ts';

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
    private readonly database: Database,
    private readonly leaving: Leaving,
  ) {}

  /** LiveKit tells what happens in its rooms; signed with our key, repeated until answered, acted on once. */
  @Post('/api/meet/livekit-webhook')
  @HttpCode(200)
  @For('anyone', 'LiveKit has no session: the signature over the body is checked instead')
  async hear(@Body() body: unknown, @Headers('authorization') authorization?: string) {
    if (typeof body !== 'string') throw Refused.badInput();
    const event = await this.livekit.heard(body, authorization);
    if (event === null) throw Refused.noSession();
    const at = new Date(Number(event.createdAt) * 1000);
    const room = event.room?.name ?? '';
    const identity = event.participant?.identity ?? '';
    await this.database.transaction(async (db) => {
      const fresh = await db.query(
        'insert into meet.webhook (id) values ($1) on conflict do nothing returning id',
        [event.id],
      );
      if (fresh.length === 0) return;
      if (event.event === 'participant_joined') await arrived(db, room, identity, at);
      if (event.event === 'participant_left') await departed(db, room, identity, at);
      if (event.event === 'room_finished') await emptied(db, room, at);
    });
    if (event.event === 'participant_joined') await this.leaving.removeIfStranger({ room, identity });
    return { heard: true };
  }
}
