/** Seconds with one decimal, as people read them. */
export function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}

const nameWidth = 12;
/** Milliseconds after which a part that is still going is announced, when the output is not a terminal. */
const announceMs = 3_000;

/** Prints a line per part with its time. On a terminal, parts under way are shown on one last line that moves. */
export class Progress {
  #live = new Map();
  #terminal;
  #out;
  #timer = null;
  #drawn = false;

  constructor({ out = process.stdout, startedAt = Date.now() } = {}) {
    this.#out = out;
    this.#terminal = Boolean(out.isTTY) && process.env.TERM !== 'dumb' && !process.env.CI;
    this.startedAt = startedAt;
  }

  #colour(code, text) {
    return this.#terminal && !process.env.NO_COLOR ? `\u001b[${code}m${text}\u001b[0m` : text;
  }

  #erase() {
    if (this.#drawn) this.#out.write('\r\u001b[2K');
    this.#drawn = false;
  }

  #draw() {
    if (!this.#terminal || this.#live.size === 0) return;
    this.#erase();
    const now = Date.now();
    const parts = [...this.#live].map(([name, { at }]) => `${name} ${Math.floor((now - at) / 1000)} s`);
    this.#out.write(this.#colour(2, `  … ${parts.join(' · ')}`.slice(0, (this.#out.columns ?? 80) - 1)));
    this.#drawn = true;
  }

  /** A plain line. */
  say(line) {
    this.#erase();
    this.#out.write(`${line}\n`);
    this.#draw();
  }

  /** A line that wants attention. */
  warn(line) {
    this.say(this.#colour(33, `! ${line}`));
  }

  begin(name) {
    const announce = this.#terminal
      ? null
      : setTimeout(() => this.say(`  ${name.padEnd(nameWidth)} …`), announceMs).unref();
    this.#live.set(name, { at: Date.now(), announce });
    if (this.#terminal && !this.#timer) this.#timer = setInterval(() => this.#draw(), 500).unref();
    this.#draw();
  }

  #end(name) {
    const { at, announce } = this.#live.get(name) ?? { at: Date.now() };
    clearTimeout(announce);
    this.#live.delete(name);
    if (this.#live.size === 0 && this.#timer) {
      clearInterval(this.#timer);
      this.#timer = null;
    }
    return seconds(Date.now() - at);
  }

  done(name, note = '') {
    const time = this.#end(name);
    this.say(
      `${this.#colour(32, '✓')} ${name.padEnd(nameWidth)} ${time.padStart(8)}${note ? `   ${note}` : ''}`,
    );
  }

  fail(name) {
    const time = this.#end(name);
    this.say(`${this.#colour(31, '✗')} ${name.padEnd(nameWidth)} ${time.padStart(8)}`);
  }

  /** Runs `act` as a part: its line is printed when it ends. What `act` returns as text becomes the line's note. */
  async part(name, act) {
    this.begin(name);
    try {
      const result = await act();
      this.done(name, typeof result === 'string' ? result : (result?.note ?? ''));
      return result;
    } catch (error) {
      this.fail(name);
      throw error;
    }
  }
}
