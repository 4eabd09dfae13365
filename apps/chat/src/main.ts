import { serve } from '@parvis/server/serve';
import { chat } from './service.ts';

await serve(chat);
