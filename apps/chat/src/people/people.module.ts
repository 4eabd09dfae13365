import { Module } from '@nestjs/common';
import { ChannelModule } from '../channel/channel.module.ts';
import { MessageModule } from '../message/message.module.ts';
import { PeopleController } from './people.controller.ts';
import { ChannelPeople } from './people.service.ts';

/** Who is in a channel, and each person's own column. */
@Module({
  imports: [ChannelModule, MessageModule],
  controllers: [PeopleController],
  providers: [ChannelPeople],
})
export class PeopleModule {}
