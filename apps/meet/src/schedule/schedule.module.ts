import { Module } from '@nestjs/common';
import { InvitationModule } from '../invitation/invitation.module.ts';
import { DemoPlans } from './demo-plans.ts';
import { MineService } from './mine.service.ts';
import { PlanNews } from './news.ts';
import { PlanService } from './plan.service.ts';
import { Reminders } from './reminders.ts';
import { ScheduleController } from './schedule.controller.ts';

@Module({
  imports: [InvitationModule],
  controllers: [ScheduleController],
  providers: [PlanService, PlanNews, MineService, Reminders, DemoPlans],
})
export class ScheduleModule {}
