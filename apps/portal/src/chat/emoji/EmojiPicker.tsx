'use client';
import './emoji.css';
import { Icon } from '@parvis/ui/Icon';
import {
  Apple,
  Building2,
  Clock,
  Flag,
  Hand,
  Hash,
  Lightbulb,
  PawPrint,
  Plane,
  Smile,
  Trophy,
} from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { tones } from './signs.ts';
import { type Shelf, useSigns } from './useSigns.ts';

/** Signs in one row of the picker; the style sheet draws as many. */
const columns = 9;

const icons: Record<Shelf, typeof Smile> = {
  recent: Clock,
  house: Building2,
  smileys: Smile,
  people: Hand,
  nature: PawPrint,
  food: Apple,
  travel: Plane,
  activities: Trophy,
  objects: Lightbulb,
  symbols: Hash,
  flags: Flag,
};

type Signs = ReturnType<typeof useSigns>;

/** The keys of the field: arrows walk the signs, Enter takes one. */
function useWalk(signs: Signs, pick: (sign: string) => void) {
  const [at, setAt] = useState(0);
  const [walking, setWalking] = useState(false);
  const { shown, text, shelf } = signs;
  useEffect(() => {
    setAt(0);
    setWalking(false);
  }, [text, shelf]);
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing) return;
    const forward = getComputedStyle(event.currentTarget).direction === 'rtl' ? -1 : 1;
    const sideways = { ArrowRight: forward, ArrowLeft: -forward }[event.key];
    const step =
      { ArrowDown: columns, ArrowUp: -columns }[event.key] ?? (text === '' || walking ? sideways : undefined);
    const chosen = shown[at];
    if (event.key === 'Enter' && chosen !== undefined) pick(chosen.drawn);
    else if (step !== undefined) {
      setWalking(true);
      setAt(Math.max(0, Math.min(shown.length - 1, walking || step < columns ? at + step : at)));
    } else return;
    event.preventDefault();
  }
  return { at, setAt, onKeyDown };
}

/** All signs: by group, by the words that find them, the last used first. The field keeps the focus. */
export function EmojiPicker({ onPick }: { onPick: (sign: string) => void }) {
  const t = useTranslations('chatEmoji');
  const id = useId();
  const signs = useSigns();
  const field = useRef<HTMLInputElement>(null);
  const pick = (sign: string) => {
    signs.remember(sign);
    onPick(sign);
  };
  const { at, setAt, onKeyDown } = useWalk(signs, pick);
  const { shown, shelf, state, text } = signs;
  const current = shown[at];
  useEffect(() => {
    // On a phone the field would open the keyboard over the signs.
    if (window.matchMedia('(hover: hover)').matches) field.current?.focus();
  }, []);
  useEffect(() => {
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, at]);
  return (
    <div className="chat-emoji">
      <input
        ref={field}
        className="chat-emoji-find"
        dir="auto"
        role="combobox"
        aria-label={t('find')}
        aria-expanded={shown.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={current ? `${id}-${at}` : undefined}
        autoComplete="off"
        placeholder={t('find')}
        value={text}
        onChange={(event) => signs.search(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <Shelves signs={signs} />
      <div
        id={`${id}-list`}
        className="chat-emoji-signs"
        role="listbox"
        aria-busy={state === 'loading'}
        aria-label={text === '' ? t(`shelves.${shelf}`) : t('found')}
      >
        {shown.map((one, place) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the field has keys and focus
          <div
            key={one.sign}
            id={`${id}-${place}`}
            role="option"
            aria-selected={place === at}
            aria-label={one.name}
            onPointerMove={() => setAt(place)}
            onClick={() => pick(one.drawn)}
          >
            <Drawn one={one} />
          </div>
        ))}
      </div>
      {state === 'failed' && <p className="p-meta chat-emoji-say">{t('failed')}</p>}
      {state === 'ready' && shown.length === 0 && <p className="p-meta chat-emoji-say">{t('none')}</p>}
      <Foot signs={signs} current={current} />
    </div>
  );
}

/** A sign as it looks. */
function Drawn({ one }: { one: Signs['shown'][number] }) {
  return one.picture === undefined ? one.drawn : <img src={one.picture} alt="" draggable={false} />;
}

/** What the sign that is pointed at is called, and the tones. */
function Foot({ signs, current }: { signs: Signs; current: Signs['shown'][number] | undefined }) {
  return (
    <div className="chat-emoji-foot">
      <span className="p-cut" aria-hidden="true">
        {current && (
          <>
            <Drawn one={current} /> <bdi>{current.name}</bdi>
          </>
        )}
      </span>
      <Tones signs={signs} />
    </div>
  );
}

function Shelves({ signs: { shelves, shelf, toShelf, text } }: { signs: Signs }) {
  const t = useTranslations('chatEmoji');
  return (
    <div className="chat-emoji-shelves" role="group" aria-label={t('groups')}>
      {shelves.map((one) => (
        <button
          key={one}
          type="button"
          aria-label={t(`shelves.${one}`)}
          title={t(`shelves.${one}`)}
          aria-pressed={one === shelf && text === ''}
          onClick={() => toShelf(one)}
        >
          <Icon of={icons[one]} size="s" />
        </button>
      ))}
    </div>
  );
}

function Tones({ signs: { tone, toTone } }: { signs: Signs }) {
  const t = useTranslations('chatEmoji');
  return (
    <div className="chat-emoji-tones" role="group" aria-label={t('tone')}>
      {tones.map((one, place) => (
        <button
          key={one}
          type="button"
          aria-label={t('toneNumber', { place: String(place) })}
          aria-pressed={one === tone}
          onClick={() => toTone(one)}
        >
          {`✋${one}`}
        </button>
      ))}
    </div>
  );
}
