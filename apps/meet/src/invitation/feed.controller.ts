import { Controller, Get, Header, Param } from '@nestjs/common';
import { endCalendarFeed, getCalendarFeed, makeCalendarFeed } from '@parvis/contract/meet-schedule';
import type { Caller } from '@parvis/server/caller';
import { Asks, For, Serves } from '@parvis/server/serves';
import { FeedService } from './feed.service.ts';

const calendar = 'text/calendar; charset=utf-8';

@Controller()
export class FeedController {
  constructor(private readonly feeds: FeedService) {}

  @Serves(getCalendarFeed)
  known(@Asks() caller: Caller) {
    return this.feeds.known(caller);
  }

  @Serves(makeCalendarFeed)
  make(@Asks() caller: Caller) {
    return this.feeds.make(caller);
  }

  @Serves(endCalendarFeed)
  end(@Asks() caller: Caller) {
    return this.feeds.end(caller);
  }

  @Get('/api/meet/calendars/:secret.ics')
  @For('anyone', 'a calendar has no session: the secret in its address is checked instead')
  @Header('content-type', calendar)
  @Header('cache-control', 'private, no-store')
  calendar(@Param('secret') secret: string): Promise<string> {
    return this.feeds.calendar(secret);
  }

  @Get('/api/meet/meetings/:id/invitation.ics')
  @For('signed-in', 'a file of a calendar is no JSON')
  @Header('content-type', calendar)
  @Header('content-disposition', 'attachment; filename="invitation.ics"')
  file(@Asks() caller: Caller, @Param('id') id: string): Promise<string> {
    return this.feeds.file(caller, id);
  }
}
