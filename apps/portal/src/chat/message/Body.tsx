import type { ReactNode } from 'react';

/** Addresses of the web in a text; what closes a sentence does not belong to them. */
const address = /\bhttps?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]}]/g;

/** The text of a message, as typed: paragraphs decide their own direction, addresses become links. */
export function Body({ text }: { text: string }) {
  return (
    <div className="chat-body">
      {text.split(/\n{2,}/).map((paragraph, index) => (
        <p key={index} dir="auto">
          {linked(paragraph)}
        </p>
      ))}
    </div>
  );
}

function linked(paragraph: string): ReactNode[] {
  const parts: ReactNode[] = [];
  let from = 0;
  for (const match of paragraph.matchAll(address)) {
    parts.push(paragraph.slice(from, match.index));
    parts.push(
      <a
        key={match.index}
        className="p-link"
        href={match[0]}
        target="_blank"
        rel="noopener noreferrer"
        dir="ltr"
      >
        {match[0]}
      </a>,
    );
    from = match.index + match[0].length;
  }
  parts.push(paragraph.slice(from));
  return parts;
}
