/** Letters of the readable part of a name, before what makes it unique. */
const readableLengthMax = 12;

/** What Mattermost takes in names of teams, channels and people: small Latin letters, digits, dashes. */
function readable(text: string, fallback: string): string {
  const plain = text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, readableLengthMax)
    .replaceAll(/-+$/g, '');
  return /^[a-z]/.test(plain) ? plain : fallback;
}

/** A name that is valid there, readable here where the script allows, and the same at every export. */
export function nameOf(kind: 'team' | 'channel' | 'user', title: string, uid: string): string {
  const tail = uid.replaceAll('-', '').slice(-8);
  return `${readable(title, kind)}${kind === 'user' ? '.' : '-'}${tail}`;
}

/** Names of the emoji that people use most; others go by their code points. */
const known: Readonly<Record<string, string>> = {
  '👍': '+1',
  '👎': '-1',
  '❤': 'heart',
  '😂': 'joy',
  '🎉': 'tada',
  '😄': 'smile',
  '😢': 'cry',
  '🙏': 'pray',
  '👀': 'eyes',
  '✅': 'white_check_mark',
  '🚀': 'rocket',
  '🔥': 'fire',
};

/** The name of a reaction; custom emoji (`:name:`) keep theirs. */
export function emojiName(emoji: string): string {
  const custom = /^:([\w+-]+):$/.exec(emoji)?.[1];
  if (custom !== undefined) return custom;
  const plain = emoji.replaceAll('\ufe0f', '');
  return known[plain] ?? [...plain].map((one) => one.codePointAt(0)?.toString(16)).join('-');
}

/** A name of a file that every system takes and that leads nowhere else. */
export function fileName(name: string): string {
  const clean = name
    .replaceAll(/[\p{Cc}\p{Cf}<>:"/\\|?*]/gu, '_')
    .replaceAll(/^[.\s]+|[.\s]+$/g, '')
    .slice(0, 120)
    .toWellFormed();
  return clean === '' ? 'file' : clean;
}
