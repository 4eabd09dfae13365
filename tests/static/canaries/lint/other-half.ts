import { half } from './import-no-cycle.ts';

export const other = (): string => half();
