export { words } from '../../contract/src/chat.ts';
