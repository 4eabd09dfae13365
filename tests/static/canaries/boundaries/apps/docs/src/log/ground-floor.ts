export { room } from '../live/room.ts';
