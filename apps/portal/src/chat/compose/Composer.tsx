'use client';
import './compose.css';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { AtSign, Bold, Check, Send, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { type ReactNode, useEffect, useState } from 'react';
import type { Where } from '../apps/commands.ts';
import { useComposer } from './useComposer.ts';

const Proposals = dynamic(() => import('./Proposals.tsx').then((part) => part.Proposals), { ssr: false });
const StyleTools = dynamic(() => import('./StyleTools.tsx').then((part) => part.StyleTools), { ssr: false });
const LinkBar = dynamic(() => import('./LinkBar.tsx').then((part) => part.LinkBar), { ssr: false });

/** Characters that are left when the counter appears. */
const fewLeft = 500;
const stylesKey = 'parvis-chat-styles';

/** What whoever shows a composer can do with it. */
export interface ComposerHandle {
  focus(): void;
  /** Writes a text in place of what is there. */
  write(body: string): void;
  /** Markdown, trimmed. */
  body(): string;
  /** Milliseconds since 1970 of the last letter that was typed by hand; 0 before the first. */
  typedAt(): number;
  /** Where it stands. */
  place(): HTMLElement | null;
}

export interface ComposerProps {
  /** Whose people are proposed behind an `@`. */
  channelId: string;
  /** Commands are understood here, and proposed behind a `/`. */
  commands?: Where;
  /** The field's name, also shown while it is empty. */
  label: string;
  /** Markdown: a message that is written again, a draft. */
  initial?: string;
  /** A message that is there already is changed: the button says so, and Escape leaves. */
  editing?: boolean;
  focused?: boolean;
  /** Sends without a text: something else is to be sent. */
  full?: boolean;
  handle?: (handle: ComposerHandle | null) => void;
  /** The body as Markdown, trimmed. False when it was not taken: then it stays in the field. */
  onSend: (body: string) => boolean | void;
  /** The text has changed, by hand. */
  onChange?: (body: string) => void;
  /** Files were pasted or dropped. */
  onFiles?: (files: readonly File[]) => void;
  onCancel?: () => void;
  /** ArrowUp in an empty field: the last own message is changed. Answers whether there is one. */
  onUp?: () => boolean;
  /** Between the text and the tools: files on their way, a quote. */
  extra?: ReactNode;
  /** Among the tools, before those of the text. */
  tools?: ReactNode;
  /** Beside the button that sends. */
  sending?: ReactNode;
}

/**
 * Where a message is written, in a channel, in a thread, or anew: Markdown as it is typed. Enter sends and Shift+Enter
 * breaks the line; on phones the button sends.
 */
export function Composer(props: ComposerProps) {
  const composer = useComposer(props);
  const { list, hint, field, found, at, link, setLink, choose, style } = composer;
  const [styling, setStyling] = useState(false);
  useEffect(() => setStyling(localStorage.getItem(stylesKey) === 'on'), []);
  function showStyles() {
    localStorage.setItem(stylesKey, styling ? 'off' : 'on');
    setStyling(!styling);
  }
  function closeLink() {
    setLink(null);
    field.focus();
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- whoever comes near will write
    <form
      className="chat-compose"
      data-editing={props.editing || undefined}
      onPointerEnter={field.want}
      onFocus={field.want}
      onSubmit={(event) => {
        event.preventDefault();
        composer.send();
      }}
    >
      {found.length > 0 && <Proposals id={list} found={found} at={at} onChoose={choose} />}
      {link !== null && (
        <LinkBar
          {...link}
          onClose={closeLink}
          onLink={(href, words) => {
            field.surface()?.setLink(href, words);
            setLink(null);
          }}
        />
      )}
      {styling && <StyleTools on={field.written.styles} disabled={!field.ready} onStyle={style} />}
      {!field.ready && <PlainField composer={composer} label={props.label} initial={props.initial} />}
      <div
        ref={field.place}
        className="chat-surface"
        hidden={!field.ready}
        data-label={field.ready && field.written.body === '' ? props.label : undefined}
      />
      {props.extra}
      <Tools {...props} composer={composer} hint={hint} styling={styling} onStyling={showStyles} />
    </form>
  );
}

type Composing = ReturnType<typeof useComposer>;

/** Takes the letters until the editor is there. */
function PlainField({
  composer: { field, hint, onPlainKey },
  label,
  initial,
}: {
  composer: Composing;
  label: string;
  initial: string | undefined;
}) {
  return (
    <textarea
      ref={field.plain}
      className="chat-write"
      aria-label={label}
      aria-describedby={hint}
      placeholder={label}
      defaultValue={initial}
      dir="auto"
      rows={1}
      onInput={field.typed}
      onKeyDown={onPlainKey}
      onCompositionStart={(event) => {
        event.currentTarget.dataset.composing = '';
      }}
      onCompositionEnd={(event) => {
        delete event.currentTarget.dataset.composing;
      }}
    />
  );
}

interface ToolsProps extends ComposerProps {
  composer: Composing;
  hint: string;
  styling: boolean;
  onStyling: () => void;
}

function Tools({ composer, hint, styling, onStyling, ...props }: ToolsProps) {
  const t = useTranslations('chatCompose');
  const { field, left, isEmpty } = composer;
  const { body, styles } = field.written;
  const keys = props.editing ? 'hintEditing' : styles.includes('block') ? 'hintCode' : 'hint';
  return (
    <div className="chat-tools">
      <div className="chat-tools-text">
        {props.tools}
        <IconButton
          label={t('mention')}
          tipSide="top"
          disabled={!field.ready}
          onClick={() => field.surface()?.insert(/\s$|^$/.test(body) ? '@' : ' @')}
        >
          <Icon of={AtSign} />
        </IconButton>
        <IconButton label={t('styles')} tipSide="top" pressed={styling} onClick={onStyling}>
          <Icon of={Bold} />
        </IconButton>
      </div>
      <span className="p-meta chat-hint" id={hint} data-few={left < fewLeft || undefined}>
        {left < fewLeft ? t(left < 0 ? 'tooMany' : 'left', { count: Math.abs(left) }) : t(keys)}
      </span>
      {props.sending}
      {props.editing && props.onCancel && (
        <IconButton label={t('cancel')} tipSide="top" onClick={props.onCancel}>
          <Icon of={X} />
        </IconButton>
      )}
      <IconButton
        label={t(props.editing ? 'save' : 'send')}
        type="submit"
        kind="main"
        disabled={isEmpty || left < 0}
        tipAlign="end"
        tipSide="top"
      >
        <Icon of={props.editing ? Check : Send} flip={!props.editing} />
      </IconButton>
    </div>
  );
}
