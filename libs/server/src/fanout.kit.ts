import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Fanout, noticeBytesMax } from './fanout.ts';

/** What the promises need of a kind of fan-out: one more process, and the power to cut all its connections. */
export interface FanoutUnderTest {
  /** One more process' fan-out. */
  another(): Promise<Fanout>;
  /** Cuts every connection of every fan-out, as a failing server or network would. */
  cut(): Promise<void>;
  end(): Promise<void>;
}

/** Waits until `found` answers something; the test's own time limit ends it otherwise. */
async function eventually<T>(found: () => T | undefined | false): Promise<T> {
  for (;;) {
    const value = found();
    if (value !== undefined && value !== false) return value;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** The promises of every kind of fan-out. */
export function describeFanout(name: string, open: () => Promise<FanoutUnderTest>): void {
  describe(`fan-out over ${name}`, () => {
    let under: FanoutUnderTest;
    const opened: Fanout[] = [];
    const another = async (): Promise<Fanout> => {
      const fanout = await under.another();
      opened.push(fanout);
      return fanout;
    };
    beforeAll(async () => {
      under = await open();
    });
    afterAll(async () => {
      await Promise.all(opened.map((fanout) => fanout.close()));
      await under?.end();
    });

    test('every process hears a notice, the one that published included, and nobody on another topic', async () => {
      const [one, two] = [await another(), await another()];
      const heard: unknown[][] = [[], [], [], []];
      await one.subscribe('a', (notice) => heard[0]?.push(notice));
      await two.subscribe('a', (notice) => heard[1]?.push(notice));
      await two.subscribe('a', (notice) => heard[2]?.push(notice));
      await two.subscribe('b', (notice) => heard[3]?.push(notice));
      await one.publish('a', { seq: 1, text: 'é😀"\\' });
      await one.publish('b', 'last');
      await eventually(() => heard[3]?.length === 1 && heard[0]?.length === 1 && heard[2]?.length === 1);
      const notice = { seq: 1, text: 'é😀"\\' };
      expect(heard).toEqual([[notice], [notice], [notice], ['last']]);
    });

    test('notices of one publisher arrive in the order of publishing, none missing', async () => {
      const [teller, hearer] = [await another(), await another()];
      const heard: number[] = [];
      await hearer.subscribe('order', (notice) => heard.push(notice as number));
      const wanted = Array.from({ length: 500 }, (_, index) => index);
      await Promise.all(wanted.map((index) => teller.publish('order', index)));
      await eventually(() => heard.length >= wanted.length);
      expect(heard).toEqual(wanted);
    });

    test('long topics and topics in any script are kept apart', async () => {
      const fanout = await another();
      const topics = ['x'.repeat(200), `${'x'.repeat(199)}y`, 'سلام "; drop', 'A', 'a', ''];
      const heard: string[] = [];
      for (const topic of topics) await fanout.subscribe(topic, (notice) => heard.push(`${topic}=${notice}`));
      for (const topic of topics) await fanout.publish(topic, topic);
      await eventually(() => heard.length >= topics.length);
      expect(heard).toEqual(topics.map((topic) => `${topic}=${topic}`));
    });

    test('who stopped listening hears nothing more; the others still do', async () => {
      const fanout = await another();
      const heard: string[] = [];
      const stop = await fanout.subscribe('stop', () => heard.push('first'));
      await fanout.subscribe('stop', () => heard.push('second'));
      await stop();
      await stop();
      await fanout.publish('stop', 1);
      await eventually(() => heard.length > 0);
      expect(heard).toEqual(['second']);
      const again = await fanout.subscribe('gone', () => heard.push('gone'));
      await again();
      await fanout.subscribe('gone', () => heard.push('back'));
      await fanout.publish('gone', 1);
      await eventually(() => heard.includes('back'));
      expect(heard).not.toContain('gone');
    });

    test('a listener that throws does not keep the notice from the others', async () => {
      const fanout = await another();
      const heard: unknown[] = [];
      await fanout.subscribe('throws', () => {
        throw new Error('a bug of the listener');
      });
      await fanout.subscribe('throws', (notice) => heard.push(notice));
      await fanout.publish('throws', 1);
      await eventually(() => heard.length === 1);
    });

    test('after a cut connection every listener hears null, and then notices again', async () => {
      const [teller, hearer] = [await another(), await another()];
      const heard: unknown[] = [];
      await hearer.subscribe('cut', (notice) => heard.push(notice));
      await hearer.subscribe('cut-too', (notice) => heard.push(notice));
      let tellerIsBack = false;
      await teller.subscribe('back', (notice) => (tellerIsBack ||= notice === null));
      await teller.publish('cut', 'before');
      await eventually(() => heard.length === 1);
      await under.cut();
      await eventually(() => heard.length >= 3 && tellerIsBack);
      expect(heard).toEqual(['before', null, null]);
      await teller.publish('cut', 'after');
      await teller.publish('cut-too', 'after too');
      await eventually(() => heard.length >= 5);
      expect(heard.slice(3)).toEqual(['after', 'after too']);
    });

    test('a notice that is too large, or is not JSON, is refused, and the next one goes through', async () => {
      const fanout = await another();
      const heard: unknown[] = [];
      await fanout.subscribe('size', (notice) => heard.push(notice));
      const largest = 'x'.repeat(noticeBytesMax - 2);
      await expect(fanout.publish('size', `${largest}x`)).rejects.toThrow(RangeError);
      await expect(fanout.publish('size', 'é'.repeat(noticeBytesMax / 2))).rejects.toThrow(RangeError);
      await expect(fanout.publish('size', undefined)).rejects.toThrow(RangeError);
      await fanout.publish('size', largest);
      await eventually(() => heard.length > 0);
      expect(heard).toEqual([largest]);
    });

    test('a closed fan-out hears and tells nothing more, and closing twice is no fault', async () => {
      const [open, closed] = [await another(), await another()];
      const heard: string[] = [];
      await closed.subscribe('close', () => heard.push('closed'));
      await open.subscribe('close', () => heard.push('open'));
      await closed.close();
      await closed.close();
      await expect(closed.publish('close', 1)).rejects.toThrow('closed');
      await expect(closed.subscribe('close', () => undefined)).rejects.toThrow('closed');
      await open.publish('close', 1);
      await eventually(() => heard.length > 0);
      expect(heard).toEqual(['open']);
    });
  });
}
