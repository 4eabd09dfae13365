'use client';
import { useEffect, useRef } from 'react';

interface Props {
  tex: string;
  /** On a line of its own, or within one. */
  display: boolean;
  onDrawn?: (wrong: string | null) => void;
}

/** A formula, drawn once the part that draws has come; until then its source. */
export function Tex({ tex, display, onDrawn }: Props) {
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    let here = true;
    import('./katex.ts').then(
      ({ draw }) => {
        if (!here || place.current === null) return;
        const wrong = draw(place.current, tex, display);
        onDrawn?.(wrong);
      },
      () => undefined,
    );
    return () => {
      here = false;
    };
    // oxlint-disable-next-line react/exhaustive-deps -- drawn again for another text, not for another listener
  }, [tex, display]);
  return <span className="docs-tex" ref={place} dir="ltr" />;
}
