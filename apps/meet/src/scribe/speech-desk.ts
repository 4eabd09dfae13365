import { Inject, Injectable } from '@nestjs/common';
import type { Speech } from '@parvis/contract/meet-transcript';
import { Refused } from '@parvis/server/refused';
import { type ServiceSettings, SETTINGS } from '@parvis/server/service';
import type { settings } from '../settings.ts';
import { askSpeech } from './speech.ts';

/** Milliseconds for which an answer of the engine holds. */
const holdsMs = 5_000;

/** Whether speech can be written down in this house, and by which model. */
@Injectable()
export class SpeechDesk {
  #asked: { at: number; answer: Promise<Speech> } | null = null;

  constructor(@Inject(SETTINGS) private readonly set: ServiceSettings<typeof settings>) {}

  state(): Promise<Speech> {
    const now = Date.now();
    if (this.#asked === null || now - this.#asked.at > holdsMs)
      this.#asked = { at: now, answer: this.#ask() };
    return this.#asked.answer;
  }

  async #ask(): Promise<Speech> {
    const { speechUrl: url, speechModel: model, speechKey: key } = this.set;
    if (url === undefined) return { state: 'off', model: null, languages: [] };
    try {
      return { state: 'ready', ...(await askSpeech({ url, model, key })) };
    } catch {
      return { state: 'away', model: model ?? null, languages: [] };
    }
  }

  /** @throws Refused `captions-off`, `speech-away` */
  async ready(): Promise<Speech> {
    const speech = await this.state();
    if (speech.state === 'off') throw Refused.unavailable('captions-off');
    if (speech.state === 'away') throw Refused.unavailable('speech-away');
    return speech;
  }
}
