import { pictureFrameMs, pictureSecondBytes } from '@parvis/contract/limits';
import type { Locale } from '@parvis/contract/shape';
import { AccessToken } from 'livekit-server-sdk';
import type { Scribe } from '../scribe/process.ts';
import { Picture } from './picture.ts';
import { pictureHeightPx, pictureWidthPx } from './size.ts';
import { words } from './words.ts';

/** Identity of the page in a room; nobody sees it there, the room's metadata says that it looks. */
const pictureIdentity = 'picture';
const tokenSeconds = 120;

interface Asked {
  readonly meeting: { readonly uid: string };
  readonly locale: Locale;
  readonly file: string;
  readonly onFull: () => void;
}

/** Begins to draw a meeting; null in a house without a Chromium. */
export async function openPicture(
  { chromium, reserveBytes, livekitUrl, livekitKey, livekitSecret }: Scribe,
  { meeting, locale, file, onFull }: Asked,
): Promise<Picture | null> {
  if (chromium === null) return null;
  const token = async () => {
    const made = new AccessToken(livekitKey, livekitSecret, {
      identity: pictureIdentity,
      name: pictureIdentity,
      attributes: { kind: 'bot' },
      ttl: tokenSeconds,
    });
    made.addGrant({
      room: meeting.uid,
      roomJoin: true,
      hidden: true,
      canPublish: false,
      canPublishData: false,
      canSubscribe: true,
    });
    return made.toJwt();
  };
  return Picture.open({
    file,
    reserveBytes,
    program: chromium,
    onFull,
    way: async () => ({
      url: livekitUrl.replace(/^http/, 'ws'),
      token: await token(),
      widthPx: pictureWidthPx,
      heightPx: pictureHeightPx,
      framesPerSecond: 1_000 / pictureFrameMs,
      bitsPerSecond: 8 * pictureSecondBytes,
      direction: locale === 'ar' ? 'rtl' : 'ltr',
      words: words[locale],
    }),
  });
}
