import { MeetingEntry } from './meet.ts';
import { operation } from './operation.ts';
import { Nothing } from './shape.ts';

export const tryConnection = operation('POST', '/api/meet/trials', {
  who: 'signed-in',
  summary: 'A token for a room of one’s own, in which a browser finds out how it reaches the media server',
  input: Nothing,
  output: MeetingEntry,
});
