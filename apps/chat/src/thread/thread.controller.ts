import { Controller } from '@nestjs/common';
import { followThread, listAnswers, listMyThreads, markThreadRead } from '@parvis/contract/chat-thread';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { MyThreads } from './my-threads.ts';
import { Threads } from './thread.service.ts';

@Controller()
export class ThreadController {
  constructor(
    private readonly threads: Threads,
    private readonly mine: MyThreads,
  ) {}

  @Serves(listAnswers)
  answers(@Asks() caller: Caller, @Input(listAnswers) input: InputOf<typeof listAnswers>) {
    return this.threads.answers(caller, input);
  }

  @Serves(followThread)
  follow(@Asks() caller: Caller, @Input(followThread) input: InputOf<typeof followThread>) {
    return this.threads.follow(caller, input);
  }

  @Serves(markThreadRead)
  read(@Asks() caller: Caller, @Input(markThreadRead) input: InputOf<typeof markThreadRead>) {
    return this.threads.read(caller, input);
  }

  @Serves(listMyThreads)
  list(@Asks() caller: Caller, @Input(listMyThreads) input: InputOf<typeof listMyThreads>) {
    return this.mine.list(caller, input);
  }
}
