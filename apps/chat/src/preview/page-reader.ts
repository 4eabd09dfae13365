import { Injectable } from '@nestjs/common';
import {
  previewBytesMax,
  previewMsMax,
  previewPictureBytesMax,
  previewPictureSideLengthMax,
} from '@parvis/contract/limits';
import { Outbound, OutboundError } from '@parvis/server/outbound';
import { type Picture, readPicture } from '../emoji/picture.ts';
import { factsOf, type PageFacts } from './page-facts.ts';

const redirectsMax = 3;
const agent = 'Parvis link preview';

export interface ReadPage {
  readonly facts: PageFacts;
  readonly picture: Picture | null;
}

/** Asks pages outside what they say of themselves, and for the picture that they name. */
@Injectable()
export class PageReader {
  constructor(private readonly outbound: Outbound) {}

  /** Null where there is nothing to show. */
  async read(url: string): Promise<ReadPage | null> {
    const answer = await this.#call(url, {
      bytesMax: previewBytesMax,
      longer: 'cut',
      accept: 'text/html',
    });
    const type = answer?.headers['content-type'] ?? '';
    if (answer?.status !== 200 || !/^(text\/html|application\/xhtml\+xml)\b/i.test(type)) return null;
    const facts = factsOf(decoded(answer.body, type), answer.url);
    if (facts === null) return null;
    return { facts, picture: facts.image === null ? null : await this.#picture(facts.image) };
  }

  /** Checked byte by byte: it is shown from this house's own address. */
  async #picture(url: string): Promise<Picture | null> {
    const accept = 'image/webp,image/png,image/jpeg,image/gif';
    const answer = await this.#call(url, { bytesMax: previewPictureBytesMax, longer: 'refuse', accept });
    return answer?.status === 200 ? readPicture(answer.body, previewPictureSideLengthMax) : null;
  }

  async #call(
    url: string,
    { accept, ...limits }: { bytesMax: number; longer: 'cut' | 'refuse'; accept: string },
  ) {
    try {
      const headers = { accept, 'user-agent': agent };
      return await this.outbound.call(url, { ...limits, msMax: previewMsMax, redirectsMax, headers });
    } catch (error) {
      if (error instanceof OutboundError) return null;
      throw error;
    }
  }
}

/** The text of a page, in the encoding that its header names; unknown ones are read as UTF-8. */
function decoded(body: Buffer, type: string): string {
  const named = /charset="?([\w-]+)/i.exec(type)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(named).decode(body);
  } catch {
    return new TextDecoder().decode(body);
  }
}
