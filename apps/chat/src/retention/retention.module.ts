import { Module } from '@nestjs/common';
import { MessageModule } from '../message/message.module.ts';
import { RetentionController } from './retention.controller.ts';
import { RetentionJob } from './retention.job.ts';
import { Retention } from './retention.service.ts';

/** How long messages stay, and the holds that win over it. */
@Module({
  imports: [MessageModule],
  controllers: [RetentionController],
  providers: [Retention, RetentionJob],
})
export class RetentionModule {}
