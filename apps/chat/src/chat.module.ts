import { Module } from '@nestjs/common';
import { ChannelModule } from './channel/channel.module.ts';
import { EmojiModule } from './emoji/emoji.module.ts';
import { DirectModule } from './direct/direct.module.ts';
import { EditModule } from './edit/edit.module.ts';
import { ExcerptModule } from './excerpt/excerpt.module.ts';
import { ExportModule } from './export/export.module.ts';
import { HuddleModule } from './huddle/huddle.module.ts';
import { LiveModule } from './live/live.module.ts';
import { MessageModule } from './message/message.module.ts';
import { ModerationModule } from './moderation/moderation.module.ts';
import { PeopleModule } from './people/people.module.ts';
import { PinModule } from './pin/pin.module.ts';
import { ReactionModule } from './reaction/reaction.module.ts';
import { DraftModule } from './draft/draft.module.ts';
import { MentionModule } from './mention/mention.module.ts';
import { PollModule } from './poll/poll.module.ts';
import { PreviewModule } from './preview/preview.module.ts';
import { SavedModule } from './saved/saved.module.ts';
import { ScheduledModule } from './scheduled/scheduled.module.ts';
import { CommandModule } from './command/command.module.ts';
import { WebhookModule } from './webhook/webhook.module.ts';
import { RetentionModule } from './retention/retention.module.ts';
import { DemoSeed } from './seed/demo-seed.ts';
import { TellingModule } from './telling/telling.module.ts';
import { ThreadModule } from './thread/thread.module.ts';
import { SearchModule } from './search/search.module.ts';
import { UnreadModule } from './unread/unread.module.ts';

@Module({
  imports: [
    ChannelModule,
    DirectModule,
    EditModule,
    EmojiModule,
    ExcerptModule,
    ExportModule,
    HuddleModule,
    LiveModule,
    MessageModule,
    PeopleModule,
    PinModule,
    ReactionModule,
    TellingModule,
    SearchModule,
    ThreadModule,
    DraftModule,
    MentionModule,
    PollModule,
    PreviewModule,
    SavedModule,
    ScheduledModule,
    CommandModule,
    WebhookModule,
    ModerationModule,
    RetentionModule,
    UnreadModule,
  ],
  providers: [DemoSeed],
})
export class ChatModule {}
