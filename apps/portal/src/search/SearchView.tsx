'use client';
import './search.css';
import { readQuery } from '@parvis/contract/chat-query';
import { Button } from '@parvis/ui/Button';
import { Icon } from '@parvis/ui/Icon';
import { Clock } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useFrame } from '../shell/AppFrame.tsx';
import { Found } from './Found.tsx';
import { forgetSearches, recentSearches, rememberSearch } from './recent.ts';
import { SearchChips } from './SearchChips.tsx';
import { SearchField } from './SearchField.tsx';
import { type Tab, tabs } from './tabs.ts';
import type { Order } from './useFound.ts';

interface Props {
  asked: string;
  tab: Tab;
  order: Order;
  /** Only in this channel. */
  within: Within | null;
}
interface Within {
  readonly id: string;
  readonly title: string;
}

/** The question and where one is stand in the address: it can be kept, sent and gone back to. */
function useAddress(text: string, tab: Tab, order: Order, within: Within | null): void {
  useEffect(() => {
    const url = new URL(window.location.href);
    const set = (name: string, value: string, usual: string) => {
      if (value === usual) url.searchParams.delete(name);
      else url.searchParams.set(name, value);
    };
    set('q', text.trim(), '');
    set('tab', tab, 'all');
    set('order', order, 'newest');
    set('in', within?.id ?? '', '');
    if (url.href !== window.location.href) window.history.replaceState(null, '', url);
  }, [text, tab, order, within]);
}

/** One search for everything: messages by their words and what narrows them, documents by their text, files by their names. */
export function SearchView(props: Props) {
  const t = useTranslations('search');
  const { person } = useFrame();
  const [text, setText] = useState(props.asked);
  const [tab, setTab] = useState(props.tab);
  const [order, setOrder] = useState(props.order);
  const [within, setWithin] = useState(props.within);
  // A day is that of this person's clock.
  const [today] = useState(() => new Intl.DateTimeFormat('en-CA').format(new Date()));
  const query = readQuery(text, today);
  useAddress(text, tab, order, within);
  const remember = () => rememberSearch(person.id, text);
  return (
    <div className="search">
      <search>
        <SearchField text={text} today={today} onChange={setText} onAsk={remember} />
      </search>
      <div className="search-tabs" role="group" aria-label={t('where')}>
        {tabs.map((one) => (
          <button
            key={one}
            type="button"
            className="p-chip"
            aria-pressed={one === tab}
            onClick={() => setTab(one)}
          >
            {t(`tabs.${one}`)}
          </button>
        ))}
      </div>
      <SearchChips
        text={text}
        query={query}
        onChange={setText}
        within={within}
        onAnywhere={() => setWithin(null)}
      />
      {text.trim() === '' ? (
        <Before personId={person.id} onAsk={setText} />
      ) : (
        <Found
          text={text.trim()}
          channelId={within?.id ?? null}
          query={query}
          tab={tab}
          order={order}
          onOrder={setOrder}
          onTab={setTab}
          onOpen={remember}
        />
      )}
    </div>
  );
}

/** While nothing is asked: what was looked for lately, and how to ask. */
function Before({ personId, onAsk }: { personId: string; onAsk: (text: string) => void }) {
  const t = useTranslations('search');
  const [recent, setRecent] = useState<readonly string[]>([]);
  useEffect(() => setRecent(recentSearches(personId)), [personId]);
  return (
    <>
      {recent.length > 0 && (
        <section className="search-recent">
          <header>
            <h2>{t('recent')}</h2>
            <Button
              kind="quiet"
              size="small"
              onClick={() => {
                forgetSearches(personId);
                setRecent([]);
              }}
            >
              {t('forget')}
            </Button>
          </header>
          <ul>
            {recent.map((one) => (
              <li key={one}>
                <button type="button" onClick={() => onAsk(one)}>
                  <Icon of={Clock} size="s" />
                  <bdi>{one}</bdi>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className="search-help">
        <h2>{t('help')}</h2>
        <ul>
          {(['words', 'phrase', 'without', 'who', 'where', 'when', 'with'] as const).map((one) => (
            <li key={one}>
              <button type="button" className="search-example" onClick={() => onAsk(t(`examples.${one}`))}>
                <bdi dir="auto">{t(`examples.${one}`)}</bdi>
              </button>
              <span className="p-meta">{t(`exampleHelp.${one}`)}</span>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
