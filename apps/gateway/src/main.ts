import { run } from '@parvis/server/serve';
import { startGateway } from './gateway.ts';
import { gatewaySettings } from './settings.ts';

await run('gateway', (env) => startGateway(gatewaySettings(env)));
