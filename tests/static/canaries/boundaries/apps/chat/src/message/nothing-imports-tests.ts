export { planted } from './message.test.ts';
