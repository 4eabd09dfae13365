'use client';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { Check, Copy } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type CSSProperties, useEffect, useRef, useState } from 'react';
import type { Colours } from './code-colours.ts';

/** Milliseconds that a copy is confirmed for. */
const copiedMs = 2_000;

/** Colours of a text, once it has come near the window; null for a language that has no grammar. */
function useColours(lang: string | null, text: string) {
  const [colours, setColours] = useState<Colours | null>(null);
  const place = useRef<HTMLPreElement>(null);
  useEffect(() => {
    const node = place.current;
    if (lang === null || node === null) return;
    let current = true;
    const watch = new IntersectionObserver((seen) => {
      if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
      watch.disconnect();
      import('./code-colours.ts')
        .then(({ coloursOf }) => coloursOf(text, lang))
        .then(
          (found) => current && setColours(found),
          () => undefined,
        );
    });
    watch.observe(node);
    return () => {
      current = false;
      watch.disconnect();
    };
  }, [lang, text]);
  return { place, colours };
}

/** A block of code: always from the left, coloured once it is looked at, copied with one press. */
export function CodeBlock({ lang, text, stops }: { lang: string | null; text: string; stops: boolean }) {
  const t = useTranslations('chatMessage');
  const [copied, setCopied] = useState(false);
  const { place, colours } = useColours(lang, text);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), copiedMs);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <div className="chat-code">
      <pre
        ref={place}
        dir="ltr"
        translate="no"
        aria-label={lang === null ? t('code') : t('codeIn', { lang })}
        role="group"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
        tabIndex={stops ? 0 : -1}
      >
        <code>
          {colours === null
            ? text
            : colours.map((line, row) => (
                <span key={row}>
                  {line.map(([words, light, dark], place) => (
                    <span key={place} style={{ '--light': light, '--dark': dark } as CSSProperties}>
                      {words}
                    </span>
                  ))}
                  {row < colours.length - 1 && '\n'}
                </span>
              ))}
        </code>
      </pre>
      <IconButton
        className="chat-code-copy"
        label={t(copied ? 'copied' : 'copyCode')}
        tipAlign="end"
        tabIndex={stops ? undefined : -1}
        onClick={() =>
          void navigator.clipboard.writeText(text).then(
            () => setCopied(true),
            () => undefined,
          )
        }
      >
        <Icon of={copied ? Check : Copy} size="s" />
      </IconButton>
    </div>
  );
}
