import { type WebSocket, WebSocketServer } from 'ws';

/**
 * The limit that bench/chat.ts measures against: a process that passes messages on and keeps nothing, checks nobody
 * and waits for nothing. It speaks as much of the chat protocol as the bench does. The port comes as an IPC message.
 */
const rooms = new Map<string, { seq: number; sockets: Set<WebSocket> }>();
const sender = {
  id: '00000000-0000-0000-0000-000000000000',
  name: 'Somebody',
  kind: 'member',
  organisation: null,
};

/** What a message may carry besides its text. */
const nothingMore = {
  threadSeq: null,
  inChannel: true,
  editedAt: null,
  deletedAt: null,
  hidden: false,
  pinnedBy: null,
  reactions: [],
  thread: null,
  mentions: [],
  files: [],
  quote: null,
  poll: null,
  previews: [],
  via: null,
};

function roomOf(id: string) {
  let room = rooms.get(id);
  if (!room) rooms.set(id, (room = { seq: 0, sockets: new Set() }));
  return room;
}

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
server.on('connection', (socket) => {
  socket.on('message', (data) => {
    const saying = JSON.parse(String(data));
    if (saying.t === 'follow') for (const { id } of saying.channels) roomOf(id).sockets.add(socket);
    if (saying.t !== 'send') return;
    const { channelId, clientId, body } = saying;
    const room = roomOf(channelId);
    room.seq += 1;
    const at = new Date().toISOString();
    const { seq } = room;
    const message = { ...nothingMore, channelId, seq, clientId, sender, body, at, changedSeq: seq };
    const entries = [{ seq, at, by: sender, kind: 'message', message }];
    socket.send(JSON.stringify({ t: 'stored', clientId, channelId, seq: room.seq }));
    const frame = Buffer.from(JSON.stringify({ t: 'entries', channelId, entries, lastSeq: seq, nr: seq }));
    for (const one of room.sockets) one.send(frame, { binary: false });
  });
});
server.on('listening', () => process.send?.((server.address() as { port: number }).port));
process.on('disconnect', () => process.exit(0));
