import { Module } from '@nestjs/common';
import { ChannelModule } from './channel/channel.module.ts';
import { EmojiModule } from './emoji/emoji.module.ts';
import { DirectModule } from './direct/direct.module.ts';
import { LiveModule } from './live/live.module.ts';
import { MessageModule } from './message/message.module.ts';
import { PeopleModule } from './people/people.module.ts';
import { DemoSeed } from './seed/demo-seed.ts';

@Module({
  imports: [ChannelModule, DirectModule, EmojiModule, LiveModule, MessageModule, PeopleModule],
  providers: [DemoSeed],
})
export class ChatModule {}
