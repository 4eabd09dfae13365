import { Controller } from '@nestjs/common';
import {
  changeMeeting,
  createMeeting,
  endMeeting,
  getMeeting,
  getMeetStatus,
  joinMeeting,
  listMeetings,
  listStays,
  setMeetingChat,
  setMeetingBoard,
  setMeetingNotes,
} from '@parvis/contract/meet';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { LiveKit } from '../livekit.ts';
import { EntryService } from './entry.service.ts';
import { MeetingService } from './meeting.service.ts';

@Controller()
export class MeetingController {
  constructor(
    private readonly meetings: MeetingService,
    private readonly entry: EntryService,
    private readonly livekit: LiveKit,
  ) {}

  @Serves(createMeeting)
  create(@Asks() caller: Caller, @Input(createMeeting) input: InputOf<typeof createMeeting>) {
    return this.meetings.create(caller, input);
  }

  @Serves(listMeetings)
  list(@Asks() caller: Caller, @Input(listMeetings) { id }: InputOf<typeof listMeetings>) {
    return this.meetings.ofSpace(caller, id);
  }

  @Serves(getMeeting)
  one(@Asks() caller: Caller, @Input(getMeeting) { id }: InputOf<typeof getMeeting>) {
    return this.meetings.one(caller, id);
  }

  @Serves(changeMeeting)
  change(@Asks() caller: Caller, @Input(changeMeeting) input: InputOf<typeof changeMeeting>) {
    return this.meetings.change(caller, input);
  }

  @Serves(setMeetingChat)
  setChat(@Asks() caller: Caller, @Input(setMeetingChat) input: InputOf<typeof setMeetingChat>) {
    return this.meetings.setChat(caller, input);
  }

  @Serves(setMeetingBoard)
  setBoard(@Asks() caller: Caller, @Input(setMeetingBoard) input: InputOf<typeof setMeetingBoard>) {
    return this.meetings.setBoard(caller, input);
  }

  @Serves(setMeetingNotes)
  setNotes(@Asks() caller: Caller, @Input(setMeetingNotes) input: InputOf<typeof setMeetingNotes>) {
    return this.meetings.setNotes(caller, input);
  }

  @Serves(joinMeeting)
  join(@Asks() caller: Caller, @Input(joinMeeting) { id }: InputOf<typeof joinMeeting>) {
    return this.entry.join(caller, id);
  }

  @Serves(endMeeting)
  end(@Asks() caller: Caller, @Input(endMeeting) { id }: InputOf<typeof endMeeting>) {
    return this.meetings.end(caller, id);
  }

  @Serves(listStays)
  stays(@Asks() caller: Caller, @Input(listStays) { id }: InputOf<typeof listStays>) {
    return this.meetings.stays(caller, id);
  }

  @Serves(getMeetStatus)
  async status() {
    return { state: await this.livekit.state() };
  }
}
