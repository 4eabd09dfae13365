import { createRequire } from 'node:module';
import type { Environment } from './settings.ts';

/**
 * Sends traces of HTTP and PostgreSQL to the collector that OTEL_EXPORTER_OTLP_ENDPOINT names; the SDK reads its
 * other OTEL_* variables itself. Without an endpoint nothing is loaded.
 * @returns what sends the last spans and stops.
 */
export async function startTraces(env: Environment, service: string): Promise<() => Promise<void>> {
  if (!env.OTEL_EXPORTER_OTLP_ENDPOINT) return async () => undefined;
  const [{ NodeSDK }, { OTLPTraceExporter }, { HttpInstrumentation }, { PgInstrumentation }] =
    await Promise.all([
      import('@opentelemetry/sdk-node'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/instrumentation-http'),
      import('@opentelemetry/instrumentation-pg'),
    ]);
  const quiet = /^\/(health\/|metrics$)/;
  const sdk = new NodeSDK({
    serviceName: env.OTEL_SERVICE_NAME || `parvis-${service}`,
    traceExporter: new OTLPTraceExporter(),
    instrumentations: [
      new HttpInstrumentation({ ignoreIncomingRequestHook: (request) => quiet.test(request.url ?? '') }),
      new PgInstrumentation({ requireParentSpan: true }),
    ],
  });
  sdk.start();
  // Both were loaded before: asking for them once more lets the instrumentations patch their prototypes.
  const require = createRequire(import.meta.url);
  for (const name of ['http', 'https', 'pg']) require(name);
  return () => sdk.shutdown();
}
