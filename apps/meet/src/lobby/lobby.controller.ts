import { Controller, Req } from '@nestjs/common';
import {
  admit,
  admitAll,
  getAdmission,
  getMeetingByCode,
  knockAsGuest,
  knockMeeting,
  listWaiting,
  refuse,
  stopKnocking,
} from '@parvis/contract/meet-lobby';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, MaybeCaller, Serves } from '@parvis/server/serves';
import type { FastifyRequest } from 'fastify';
import { LobbyService } from './lobby.service.ts';
import { WaitingService } from './waiting.service.ts';

/** What of a request says whose guesses are counted. */
type From = Pick<FastifyRequest, 'ip'>;

@Controller()
export class LobbyController {
  constructor(
    private readonly lobby: LobbyService,
    private readonly waiting: WaitingService,
  ) {}

  @Serves(getMeetingByCode)
  byCode(
    @MaybeCaller() caller: Caller | null,
    @Input(getMeetingByCode) { code }: InputOf<typeof getMeetingByCode>,
    @Req() from: From,
  ) {
    return this.lobby.byCode(code, { caller, address: from.ip });
  }

  @Serves(knockMeeting)
  knock(
    @Asks() caller: Caller,
    @Input(knockMeeting) { code }: InputOf<typeof knockMeeting>,
    @Req() from: From,
  ) {
    return this.lobby.knock(caller, code, from.ip);
  }

  @Serves(knockAsGuest)
  knockAsGuest(@Input(knockAsGuest) input: InputOf<typeof knockAsGuest>, @Req() from: From) {
    return this.lobby.knockAsGuest(input, from.ip);
  }

  @Serves(getAdmission)
  admission(
    @MaybeCaller() caller: Caller | null,
    @Input(getAdmission) { id, pass }: InputOf<typeof getAdmission>,
  ) {
    return this.lobby.admission(caller, id, pass);
  }

  @Serves(stopKnocking)
  stop(
    @MaybeCaller() caller: Caller | null,
    @Input(stopKnocking) { id, pass }: InputOf<typeof stopKnocking>,
  ) {
    return this.lobby.stop(caller, id, pass);
  }

  @Serves(listWaiting)
  list(@Asks() caller: Caller, @Input(listWaiting) { id }: InputOf<typeof listWaiting>) {
    return this.waiting.list(caller, id);
  }

  @Serves(admit)
  admit(@Asks() caller: Caller, @Input(admit) { id, knockId }: InputOf<typeof admit>) {
    return this.waiting.admit(caller, id, knockId);
  }

  @Serves(admitAll)
  admitAll(@Asks() caller: Caller, @Input(admitAll) { id }: InputOf<typeof admitAll>) {
    return this.waiting.admitAll(caller, id);
  }

  @Serves(refuse)
  refuse(@Asks() caller: Caller, @Input(refuse) { id, knockId }: InputOf<typeof refuse>) {
    return this.waiting.refuse(caller, id, knockId);
  }
}
