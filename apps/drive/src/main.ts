import { serve } from '@parvis/server/serve';
import { drive } from './service.ts';

await serve(drive);
