import { randomBytes } from 'node:crypto';

/** Whom an identity of LiveKit stands for: a person by uid, or a guest without an account by the id of their knock. */
export interface Identified {
  readonly who: string;
  readonly anonymous: boolean;
}

const uid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const identityShape = new RegExp(`^(guest-)?(${uid})\\.[0-9a-f]{12}$`);
const roomShape = new RegExp(`^(${uid})(?:\\.(\\d{1,3}))?$`);

/** Two browsers of one person are two participants; the part after the dot tells them apart. */
export function newIdentity({ who, anonymous }: Identified): string {
  return `${anonymous ? 'guest-' : ''}${who}.${randomBytes(6).toString('hex')}`;
}

/** Null for what is not one of ours: a bot of the house has another shape. */
export function identified(identity: string): Identified | null {
  const match = identityShape.exec(identity);
  return match?.[2] === undefined ? null : { who: match[2], anonymous: match[1] !== undefined };
}

/** Name of a room of LiveKit: the meeting's uid, and for a breakout room its number after a dot. */
export function roomName(meetingUid: string, breakout: number | null): string {
  return breakout === null ? meetingUid : `${meetingUid}.${breakout}`;
}

/** The meeting that a room of LiveKit belongs to, and the number of the breakout room; null for what is not ours. */
export function meetingOfRoom(room: string): { uid: string; breakout: number | null } | null {
  const match = roomShape.exec(room);
  if (match?.[1] === undefined) return null;
  return { uid: match[1], breakout: match[2] === undefined ? null : Number(match[2]) };
}
