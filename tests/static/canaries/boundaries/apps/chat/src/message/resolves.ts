export { gone } from './not-there.ts';
