import {
  type Environment,
  houseSettings,
  json,
  port,
  readSettings,
  setting,
  type SettingsOf,
} from '@parvis/server/settings';
import { z } from 'zod';

const shape = {
  port: setting('GATEWAY_PORT', port.default(8080)),
  /** Where people reach the house; the services behind stay on `PARVIS_BIND_ADDRESS`. */
  bindAddress: setting('GATEWAY_BIND_ADDRESS', z.string().default('127.0.0.1')),
  logLevel: houseSettings.logLevel,
  /** Addresses of the services by name: `{"chat":"http://127.0.0.1:4001",…}`. */
  services: setting('PARVIS_SERVICES', json(z.record(z.string(), z.url()))),
  portalUrl: setting('PORTAL_URL', z.url()),
  livekitUrl: setting('LIVEKIT_URL', z.url().optional()),
  /** Proxies of the operator's that stand before the gateway and name the client in X-Forwarded-For, each adding one. */
  proxiesBefore: setting('GATEWAY_PROXIES_BEFORE', z.coerce.number().int().min(0).max(9).default(0)),
};
export type GatewaySettings = SettingsOf<typeof shape>;

/** @throws BadSettings */
export function gatewaySettings(env: Environment): GatewaySettings {
  return readSettings(shape, env);
}
