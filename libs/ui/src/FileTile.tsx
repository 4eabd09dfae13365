import type { ElementType, ReactNode } from 'react';
import { splitExtension } from './format.tsx';

export type TileTone = 'plain' | 'accent' | 'red' | 'green' | 'terra' | 'amber';

export interface KindGlyphProps {
  tone?: TileTone;
  size?: 's' | 'm';
  /** The `Icon` of the kind. */
  children: ReactNode;
}

/** The small coloured square that says what kind of thing it is. Decorative. */
export function KindGlyph({ tone = 'plain', size = 'm', children }: KindGlyphProps) {
  return (
    <span className="p-kind" data-tone={tone} data-size={size} aria-hidden="true">
      {children}
    </span>
  );
}

/** A file name on one line: the stem is cut when there is no room, the extension always stays. */
export function FileName({ name }: { name: string }) {
  const [stem, extension] = splitExtension(name);
  return (
    <bdi className="p-filename" title={name}>
      {/* Two parts on the screen, so that a long name keeps its ending; one word for whoever listens. */}
      <span className="p-sr">{name}</span>
      <span className="p-cut" aria-hidden="true">
        {stem}
      </span>
      {extension && <span aria-hidden="true">{extension}</span>}
    </bdi>
  );
}

export interface FileTileProps {
  name: string;
  /** The `Icon` of the kind. */
  icon: ReactNode;
  tone?: TileTone;
  /** Size, who, when. */
  note?: ReactNode;
  href?: string;
  as?: ElementType;
  /** `IconButton`s at the end. */
  actions?: ReactNode;
  /** A `Progress`, while it travels. */
  progress?: ReactNode;
}

/** A file as a card in a line of things. */
export function FileTile({ name, icon, tone, note, href, as, actions, progress }: FileTileProps) {
  const Anchor = as ?? 'a';
  return (
    <div className="p-filetile">
      <KindGlyph tone={tone}>{icon}</KindGlyph>
      <span className="p-grow">
        {href ? (
          <Anchor className="p-filetile-name" href={href}>
            <FileName name={name} />
          </Anchor>
        ) : (
          <span className="p-filetile-name">
            <FileName name={name} />
          </span>
        )}
        {note && <span className="p-meta p-filetile-note">{note}</span>}
        {progress}
      </span>
      {actions}
    </div>
  );
}
