interface Said {
  readonly name: string;
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly text: string;
}

/** Milliseconds since the first word as `01:02:03.456`. */
function clock(ms: number): string {
  return new Date(Math.max(0, ms)).toISOString().slice(11, 23);
}

/** Plain text, one paragraph for each line, with its time since the first word. */
export function transcriptAsText(lines: readonly Said[]): string {
  const from = lines[0]?.startedAt.getTime() ?? 0;
  return lines
    .map(
      ({ name, startedAt, text }) => `[${clock(startedAt.getTime() - from).slice(0, 8)}] ${name}: ${text}\n`,
    )
    .join('\n');
}

/** Subtitles (WebVTT) whose time begins with the first word. */
export function transcriptAsVtt(lines: readonly Said[]): string {
  const from = lines[0]?.startedAt.getTime() ?? 0;
  const cues = lines.map(({ name, startedAt, endedAt, text }) => {
    const time = `${clock(startedAt.getTime() - from)} --> ${clock(endedAt.getTime() - from)}`;
    // A cue ends at an empty line, and `-->` would begin another.
    return `${time}\n<v ${escaped(name.replaceAll(/[\n.]/g, ' '))}>${escaped(text)}`;
  });
  return `WEBVTT\n\n${cues.join('\n\n')}\n`;
}

/** A page that the documents take in. */
export function transcriptAsHtml(title: string, lines: readonly Said[]): string {
  const from = lines[0]?.startedAt.getTime() ?? 0;
  const said = lines.map(
    ({ name, startedAt, text }) =>
      `<p><strong>${escaped(name)}</strong> (${clock(startedAt.getTime() - from).slice(0, 8)}) ${escaped(text)}</p>`,
  );
  return page(title, said.join('\n'));
}

/** A whole page around what is already HTML. */
export function page(title: string, body: string): string {
  return `<!doctype html><html><head><meta charset="utf-8"><title>${escaped(title)}</title></head><body>${body}</body></html>`;
}

/** Text as HTML and WebVTT hold it. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
