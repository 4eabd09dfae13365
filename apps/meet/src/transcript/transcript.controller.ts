import { Controller } from '@nestjs/common';
import {
  correctLine,
  deleteTranscript,
  exportTranscript,
  getLineHistory,
  getTranscript,
} from '@parvis/contract/meet-transcript';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { TranscriptService } from './transcript.service.ts';

@Controller()
export class TranscriptController {
  constructor(private readonly transcripts: TranscriptService) {}

  @Serves(getTranscript)
  page(@Asks() caller: Caller, @Input(getTranscript) input: InputOf<typeof getTranscript>) {
    return this.transcripts.page(caller, input);
  }

  @Serves(correctLine)
  correct(@Asks() caller: Caller, @Input(correctLine) input: InputOf<typeof correctLine>) {
    return this.transcripts.correct(caller, input);
  }

  @Serves(getLineHistory)
  history(@Asks() caller: Caller, @Input(getLineHistory) { id }: InputOf<typeof getLineHistory>) {
    return this.transcripts.history(caller, id);
  }

  @Serves(exportTranscript)
  file(@Asks() caller: Caller, @Input(exportTranscript) input: InputOf<typeof exportTranscript>) {
    return this.transcripts.file(caller, input);
  }

  @Serves(deleteTranscript)
  delete(@Asks() caller: Caller, @Input(deleteTranscript) { id }: InputOf<typeof deleteTranscript>) {
    return this.transcripts.delete(caller, id);
  }
}
