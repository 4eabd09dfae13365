import { Controller } from '@nestjs/common';
import { tryConnection } from '@parvis/contract/meet-trial';
import type { Caller } from '@parvis/server/caller';
import { Asks, Serves } from '@parvis/server/serves';
import { TrialService } from './trial.service.ts';

@Controller()
export class TrialController {
  constructor(private readonly trials: TrialService) {}

  @Serves(tryConnection)
  begin(@Asks() caller: Caller) {
    return this.trials.begin(caller);
  }
}
