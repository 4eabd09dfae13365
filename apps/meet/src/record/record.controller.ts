import { Controller } from '@nestjs/common';
import {
  answerConsent,
  deleteRecording,
  keepRecording,
  listRecordings,
  startRecording,
  stopRecording,
} from '@parvis/contract/meet-record';
import { getListening, startCaptions, stopCaptions } from '@parvis/contract/meet-transcript';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, MaybeCaller, Serves } from '@parvis/server/serves';
import { ListeningService } from './listening.service.ts';
import { RecordService } from './record.service.ts';

@Controller()
export class RecordController {
  constructor(
    private readonly listening: ListeningService,
    private readonly records: RecordService,
  ) {}

  @Serves(getListening)
  one(@MaybeCaller() caller: Caller | null, @Input(getListening) input: InputOf<typeof getListening>) {
    return this.listening.one(caller, input.id, input.pass);
  }

  @Serves(startCaptions)
  captions(@Asks() caller: Caller, @Input(startCaptions) input: InputOf<typeof startCaptions>) {
    return this.listening.start(caller, input);
  }

  @Serves(stopCaptions)
  quiet(@Asks() caller: Caller, @Input(stopCaptions) { id }: InputOf<typeof stopCaptions>) {
    return this.listening.stop(caller, id);
  }

  @Serves(answerConsent)
  answer(@MaybeCaller() caller: Caller | null, @Input(answerConsent) input: InputOf<typeof answerConsent>) {
    return this.listening.answer(caller, input);
  }

  @Serves(listRecordings)
  all(@Asks() caller: Caller, @Input(listRecordings) { id }: InputOf<typeof listRecordings>) {
    return this.records.all(caller, id);
  }

  @Serves(startRecording)
  start(@Asks() caller: Caller, @Input(startRecording) input: InputOf<typeof startRecording>) {
    return this.records.start(caller, input);
  }

  @Serves(stopRecording)
  stop(@Asks() caller: Caller, @Input(stopRecording) { id }: InputOf<typeof stopRecording>) {
    return this.records.stop(caller, id);
  }

  @Serves(keepRecording)
  keep(@Asks() caller: Caller, @Input(keepRecording) input: InputOf<typeof keepRecording>) {
    return this.records.keep(caller, input);
  }

  @Serves(deleteRecording)
  delete(@Asks() caller: Caller, @Input(deleteRecording) { id }: InputOf<typeof deleteRecording>) {
    return this.records.delete(caller, id);
  }
}
