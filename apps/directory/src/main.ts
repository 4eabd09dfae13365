import { serve } from '@parvis/server/serve';
import { directory } from './service.ts';

await serve(directory);
