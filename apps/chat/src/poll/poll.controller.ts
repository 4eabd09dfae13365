import { Controller } from '@nestjs/common';
import { closePoll, getMyVote, votePoll } from '@parvis/contract/chat-poll';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { PollService } from './poll.service.ts';

@Controller()
export class PollController {
  constructor(private readonly polls: PollService) {}

  @Serves(votePoll)
  vote(@Asks() caller: Caller, @Input(votePoll) input: InputOf<typeof votePoll>) {
    return this.polls.vote(caller, input);
  }

  @Serves(getMyVote)
  mine(@Asks() caller: Caller, @Input(getMyVote) input: InputOf<typeof getMyVote>) {
    return this.polls.mine(caller, input);
  }

  @Serves(closePoll)
  close(@Asks() caller: Caller, @Input(closePoll) input: InputOf<typeof closePoll>) {
    return this.polls.close(caller, input);
  }
}
