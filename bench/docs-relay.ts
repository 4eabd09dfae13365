import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';

/**
 * The limit that bench/docs.ts measures against: a process that passes on what arrives in one turn of the event loop
 * with one write per receiver, keeps nothing, checks nobody and reads nothing. The port comes as an IPC message.
 */
interface Member {
  readonly socket: WebSocket;
  readonly stream: Duplex;
}
interface Room {
  readonly members: Set<Member>;
  news: { from: Member; frame: Buffer }[];
}
const rooms = new Map<string, Room>();

function frameOf(data: Buffer): Buffer {
  const small = data.length < 126;
  const header = small
    ? Buffer.from([0x82, data.length])
    : Buffer.from([0x82, 126, data.length >> 8, data.length & 255]);
  return Buffer.concat([header, data]);
}

function pass(room: Room): void {
  const { news } = room;
  room.news = [];
  const everything = Buffer.concat(news.map(({ frame }) => frame));
  const senders = new Set(news.map(({ from }) => from));
  for (const member of room.members) {
    const own = senders.has(member);
    const frames = own
      ? Buffer.concat(news.filter(({ from }) => from !== member).map(({ frame }) => frame))
      : everything;
    if (frames.length > 0) member.stream.write(frames);
  }
}

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
server.on('connection', (socket, request) => {
  const path = request.url ?? '';
  const room: Room = rooms.get(path) ?? { members: new Set(), news: [] };
  rooms.set(path, room);
  const member = { socket, stream: request.socket };
  room.members.add(member);
  socket.on('message', (data) => {
    if (room.news.length === 0) setImmediate(() => pass(room));
    room.news.push({ from: member, frame: frameOf(data as Buffer) });
  });
  socket.on('close', () => room.members.delete(member));
});
server.on('listening', () => process.send?.((server.address() as { port: number }).port));
process.on('disconnect', () => process.exit(0));
