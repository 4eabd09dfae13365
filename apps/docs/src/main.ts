import { serve } from '@parvis/server/serve';
import { docs } from './service.ts';

await serve(docs);
