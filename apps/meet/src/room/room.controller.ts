import { Controller } from '@nestjs/common';
import {
  allowBack,
  askToUnmute,
  listLockedOut,
  lockMeeting,
  lowerHand,
  muteAll,
  muteParticipant,
  raiseHand,
  removeParticipant,
  sendReaction,
  setParticipantRole,
  setPermissions,
} from '@parvis/contract/meet-room';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, MaybeCaller, Serves } from '@parvis/server/serves';
import { HandService } from './hand.service.ts';
import { ModerationService } from './moderation.service.ts';

@Controller()
export class RoomController {
  constructor(
    private readonly moderation: ModerationService,
    private readonly hands: HandService,
  ) {}

  @Serves(muteParticipant)
  mute(@Asks() caller: Caller, @Input(muteParticipant) input: InputOf<typeof muteParticipant>) {
    return this.moderation.mute(caller, input);
  }

  @Serves(muteAll)
  muteAll(@Asks() caller: Caller, @Input(muteAll) { id }: InputOf<typeof muteAll>) {
    return this.moderation.muteAll(caller, id);
  }

  @Serves(askToUnmute)
  askToUnmute(@Asks() caller: Caller, @Input(askToUnmute) { id, who }: InputOf<typeof askToUnmute>) {
    return this.moderation.askToUnmute(caller, id, who);
  }

  @Serves(removeParticipant)
  remove(@Asks() caller: Caller, @Input(removeParticipant) input: InputOf<typeof removeParticipant>) {
    return this.moderation.remove(caller, input);
  }

  @Serves(allowBack)
  allowBack(@Asks() caller: Caller, @Input(allowBack) { id, who }: InputOf<typeof allowBack>) {
    return this.moderation.allowBack(caller, id, who);
  }

  @Serves(listLockedOut)
  lockedOut(@Asks() caller: Caller, @Input(listLockedOut) { id }: InputOf<typeof listLockedOut>) {
    return this.moderation.lockedOut(caller, id);
  }

  @Serves(setParticipantRole)
  setRole(@Asks() caller: Caller, @Input(setParticipantRole) input: InputOf<typeof setParticipantRole>) {
    return this.moderation.setRole(caller, input);
  }

  @Serves(setPermissions)
  setPermissions(@Asks() caller: Caller, @Input(setPermissions) input: InputOf<typeof setPermissions>) {
    return this.moderation.setPermissions(caller, input);
  }

  @Serves(lockMeeting)
  lock(@Asks() caller: Caller, @Input(lockMeeting) input: InputOf<typeof lockMeeting>) {
    return this.moderation.lock(caller, input);
  }

  @Serves(raiseHand)
  raise(@MaybeCaller() caller: Caller | null, @Input(raiseHand) { id, pass }: InputOf<typeof raiseHand>) {
    return this.hands.raise(caller, id, pass);
  }

  @Serves(lowerHand)
  lower(@MaybeCaller() caller: Caller | null, @Input(lowerHand) input: InputOf<typeof lowerHand>) {
    return this.hands.lower(caller, input);
  }

  @Serves(sendReaction)
  react(@MaybeCaller() caller: Caller | null, @Input(sendReaction) input: InputOf<typeof sendReaction>) {
    return this.hands.react(caller, input);
  }
}
