/** The one quiet voice of the text: a region that screen readers say when it changes. */
export const voiceId = 'docs-voice';

/** Says something politely. The same words twice are said twice. */
export function announce(words: string): void {
  const voice = document.getElementById(voiceId);
  if (voice === null) return;
  voice.textContent = voice.textContent === words ? `${words}\u00a0` : words;
}
