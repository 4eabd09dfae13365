import { Module } from '@nestjs/common';
import { ChannelModule } from '../channel/channel.module.ts';
import { MessageModule } from '../message/message.module.ts';
import { MyThreads } from './my-threads.ts';
import { ThreadController } from './thread.controller.ts';
import { Threads } from './thread.service.ts';

/** Answers to a message, and the threads of a person. */
@Module({
  imports: [ChannelModule, MessageModule],
  controllers: [ThreadController],
  providers: [MyThreads, Threads],
})
export class ThreadModule {}
