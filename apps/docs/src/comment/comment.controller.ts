import { Controller } from '@nestjs/common';
import {
  deleteComment,
  editComment,
  listEdits,
  listMentionable,
  listThreads,
  react,
  reply,
  resolveThread,
  seeThreads,
  startThread,
} from '@parvis/contract/doc-comments';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { Comments } from './comment.service.ts';
import { Threads } from './thread.service.ts';

@Controller()
export class CommentController {
  readonly #threads: Threads;
  readonly #comments: Comments;

  constructor(threads: Threads, comments: Comments) {
    this.#threads = threads;
    this.#comments = comments;
  }

  @Serves(listThreads)
  list(@Asks() caller: Caller, @Input(listThreads) input: InputOf<typeof listThreads>) {
    return this.#threads.list(caller, input);
  }

  @Serves(startThread)
  start(@Asks() caller: Caller, @Input(startThread) input: InputOf<typeof startThread>) {
    return this.#threads.start(caller, input);
  }

  @Serves(resolveThread)
  resolve(@Asks() caller: Caller, @Input(resolveThread) input: InputOf<typeof resolveThread>) {
    return this.#threads.resolve(caller, input);
  }

  @Serves(seeThreads)
  see(@Asks() caller: Caller, @Input(seeThreads) input: InputOf<typeof seeThreads>) {
    return this.#threads.see(caller, input);
  }

  @Serves(listMentionable)
  mentionable(@Asks() caller: Caller, @Input(listMentionable) input: InputOf<typeof listMentionable>) {
    return this.#threads.mentionable(caller, input);
  }

  @Serves(reply)
  reply(@Asks() caller: Caller, @Input(reply) input: InputOf<typeof reply>) {
    return this.#comments.reply(caller, input);
  }

  @Serves(editComment)
  edit(@Asks() caller: Caller, @Input(editComment) input: InputOf<typeof editComment>) {
    return this.#comments.edit(caller, input);
  }

  @Serves(deleteComment)
  delete(@Asks() caller: Caller, @Input(deleteComment) input: InputOf<typeof deleteComment>) {
    return this.#comments.delete(caller, input);
  }

  @Serves(listEdits)
  edits(@Asks() caller: Caller, @Input(listEdits) input: InputOf<typeof listEdits>) {
    return this.#comments.edits(caller, input);
  }

  @Serves(react)
  react(@Asks() caller: Caller, @Input(react) input: InputOf<typeof react>) {
    return this.#comments.react(caller, input);
  }
}
