import type { ServiceDatabase } from '@parvis/server/service';
import { meetings } from './migrations.ts';

export const database: ServiceDatabase = {
  name: 'meet',
  migrations: [{ name: '0001-meetings', sql: meetings }],
};
