import { serve } from '@parvis/server/serve';
import { meet } from './service.ts';

await serve(meet);
