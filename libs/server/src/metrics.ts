import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

let processMetrics: Registry | undefined;

/** Node's own figures are collected once, however many services share the process. */
function processRegistry(): Registry {
  if (processMetrics === undefined) {
    processMetrics = new Registry();
    collectDefaultMetrics({ register: processMetrics });
  }
  return processMetrics;
}

/** Prometheus metrics of one service. */
export class Metrics {
  readonly registry = new Registry();
  readonly requestSeconds: Histogram<'route' | 'method' | 'status'>;
  readonly sockets: Gauge<'route'>;
  readonly refusals: Counter<'code'>;

  constructor(service: string) {
    this.registry.setDefaultLabels({ service });
    const registers = [this.registry];
    this.requestSeconds = new Histogram({
      name: 'parvis_request_seconds',
      help: 'Time from the first byte of a request to the end of its answer',
      labelNames: ['route', 'method', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers,
    });
    this.sockets = new Gauge({
      name: 'parvis_sockets',
      help: 'Open WebSockets',
      labelNames: ['route'],
      registers,
    });
    this.refusals = new Counter({
      name: 'parvis_socket_refusals_total',
      help: 'Frames and connections refused on WebSockets, by code',
      labelNames: ['code'],
      registers,
    });
  }

  /** Shows how many events wait in the outbox, and how many were given up (they need a person). */
  watchOutbox(counts: () => Promise<{ waiting: number; parked: number }>): void {
    new Gauge({
      name: 'parvis_outbox_events',
      help: 'Events in the outbox: waiting for their handlers, or parked after too many failures',
      labelNames: ['state'],
      registers: [this.registry],
      async collect() {
        // Without the database the gauge stays as it was: the readiness check tells.
        const now = await counts().catch(() => null);
        if (now === null) return;
        this.set({ state: 'waiting' }, now.waiting);
        this.set({ state: 'parked' }, now.parked);
      },
    });
  }

  /** A figure of the service's own, asked for at each scrape; where it cannot be had it stays as it was. */
  watch(name: string, help: string, read: () => Promise<number>): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      async collect() {
        const now = await read().catch(() => null);
        if (now !== null) this.set(now);
      },
    });
  }

  /** The text that Prometheus scrapes. */
  async text(): Promise<string> {
    return (await Registry.merge([processRegistry(), this.registry]).metrics()) as string;
  }
}
