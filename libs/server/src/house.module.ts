import { type DynamicModule, Global, Module, type Provider } from '@nestjs/common';
import { AccessChanges } from './changes.ts';
import { Callers } from './callers.ts';
import { Database } from './database.ts';
import { Fanout } from './fanout.ts';
import { Jobs } from './jobs.ts';
import { Metrics } from './metrics.ts';
import { Outbound } from './outbound.ts';
import { Outbox } from './outbox.ts';
import { SERVICE_NAME, type Service, type ServiceSettings, SETTINGS } from './service.ts';
import { Sockets } from './sockets.ts';

/** What the house lends to a service; without a database only settings, metrics and calls outside. */
export interface Lent {
  readonly settings: ServiceSettings;
  readonly metrics: Metrics;
  readonly kept?: {
    readonly database: Database;
    readonly callers: Callers;
    readonly changes: AccessChanges;
    readonly sockets: Sockets;
    readonly fanout: Fanout;
    readonly outbox: Outbox;
    readonly jobs: Jobs;
  };
}

/** Makes settings, calls outside, database, sockets, fan-out, outbox and jobs injectable everywhere in the service. */
@Global()
@Module({})
export class HouseModule {
  static lend(service: Service, lent: Lent): DynamicModule {
    const providers: Provider[] = [
      { provide: SETTINGS, useValue: lent.settings },
      { provide: SERVICE_NAME, useValue: service.name },
      { provide: Metrics, useValue: lent.metrics },
      {
        provide: Outbound,
        useValue: new Outbound({
          reach: lent.settings.outboundReach,
          allow: lent.settings.outboundAllow ?? [],
        }),
      },
    ];
    if (lent.kept) {
      providers.push(
        { provide: Database, useValue: lent.kept.database },
        { provide: Callers, useValue: lent.kept.callers },
        { provide: AccessChanges, useValue: lent.kept.changes },
        { provide: Sockets, useValue: lent.kept.sockets },
        { provide: Fanout, useValue: lent.kept.fanout },
        { provide: Outbox, useValue: lent.kept.outbox },
        { provide: Jobs, useValue: lent.kept.jobs },
      );
    }
    const given = providers.map((one) => (one as { provide: symbol }).provide);
    return { module: HouseModule, imports: [service.module], providers, exports: given };
  }
}
