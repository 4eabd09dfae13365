import { pictureFrameMs, pictureSecondBytes } from '@parvis/contract/limits';
import type { Locale } from '@parvis/contract/shape';
import { hiddenToken } from '../scribe/hidden-token.ts';
import type { Scribe } from '../scribe/process.ts';
import { Picture } from './picture.ts';
import { pictureHeightPx, pictureWidthPx } from './size.ts';
import { words } from './words.ts';

/** Identity of the page in a room; nobody sees it there, the room's metadata says that it looks. */
const pictureIdentity = 'picture';

interface Asked {
  readonly meeting: { readonly uid: string };
  readonly locale: Locale;
  readonly file: string;
  readonly onFull: () => void;
}

/** Begins to draw a meeting; null in a house without a Chromium. */
export async function openPicture(
  { chromium, reserveBytes, livekitUrl, ...keys }: Scribe,
  { meeting, locale, file, onFull }: Asked,
): Promise<Picture | null> {
  if (chromium === null) return null;
  return Picture.open({
    file,
    reserveBytes,
    program: chromium,
    onFull,
    way: async () => ({
      url: livekitUrl.replace(/^http/, 'ws'),
      token: await hiddenToken(keys, {
        room: meeting.uid,
        identity: pictureIdentity,
        publishesData: false,
      }),
      widthPx: pictureWidthPx,
      heightPx: pictureHeightPx,
      framesPerSecond: 1_000 / pictureFrameMs,
      bitsPerSecond: 8 * pictureSecondBytes,
      direction: locale === 'ar' ? 'rtl' : 'ltr',
      words: words[locale],
    }),
  });
}
