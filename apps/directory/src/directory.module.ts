import { Module } from '@nestjs/common';
import { AccessRequestModule } from './access-request/access-request.module.ts';
import { ApiModule } from './api/api.module.ts';
import { BotModule } from './bot/bot.module.ts';
import { GroupModule } from './group/group.module.ts';
import { GuestModule } from './guest/guest.module.ts';
import { MeModule } from './me/me.module.ts';
import { PersonModule } from './person/person.module.ts';
import { ResourceModule } from './resource/resource.module.ts';
import { SeedModule } from './seed/seed.module.ts';
import { SharingModule } from './sharing/sharing.module.ts';
import { SignInModule } from './sign-in/sign-in.module.ts';
import { SpaceModule } from './space/space.module.ts';
import { StatusModule } from './status/status.module.ts';
import { TrashModule } from './trash/trash.module.ts';

@Module({
  imports: [
    SignInModule,
    MeModule,
    PersonModule,
    BotModule,
    GroupModule,
    SpaceModule,
    GuestModule,
    ResourceModule,
    SharingModule,
    AccessRequestModule,
    StatusModule,
    TrashModule,
    SeedModule,
    ApiModule,
  ],
})
export class DirectoryModule {}
