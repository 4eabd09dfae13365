import { AccessToken } from 'livekit-server-sdk';

/** Seconds in which a token must be used; who is in a room stays. */
const tokenSeconds = 120;

interface Keys {
  readonly livekitKey: string;
  readonly livekitSecret: string;
}

/** A token for what listens or looks on for the house in a room: nobody sees it there, the room's metadata says that it is. */
export function hiddenToken(
  { livekitKey, livekitSecret }: Keys,
  { room, identity, publishesData }: { room: string; identity: string; publishesData: boolean },
): Promise<string> {
  const token = new AccessToken(livekitKey, livekitSecret, {
    identity,
    name: identity,
    attributes: { kind: 'bot' },
    ttl: tokenSeconds,
  });
  token.addGrant({
    room,
    roomJoin: true,
    hidden: true,
    canPublish: false,
    canPublishData: publishesData,
    canSubscribe: true,
  });
  return token.toJwt();
}
