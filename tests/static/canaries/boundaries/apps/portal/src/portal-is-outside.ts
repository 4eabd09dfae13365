export { secret } from '../../../libs/server/src/secret.ts';
