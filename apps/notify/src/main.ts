import { serve } from '@parvis/server/serve';
import { notify } from './service.ts';

await serve(notify);
