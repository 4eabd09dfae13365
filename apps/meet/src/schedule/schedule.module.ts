import { Module } from '@nestjs/common';
import { InvitationModule } from '../invitation/invitation.module.ts';
import { MineService } from './mine.service.ts';
import { PlanService } from './plan.service.ts';
import { Reminders } from './reminders.ts';
import { ScheduleController } from './schedule.controller.ts';

@Module({
  imports: [InvitationModule],
  controllers: [ScheduleController],
  providers: [PlanService, MineService, Reminders],
})
export class ScheduleModule {}
