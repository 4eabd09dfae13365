'use client';
import { type Bot, type BotToken, changeBot, revokeBotToken } from '@parvis/contract/bot';
import { call } from '@parvis/contract/call';
import { Badge } from '@parvis/ui/Badge';
import { Button } from '@parvis/ui/Button';
import { useFormatter, useNow, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Line } from '../chat/apps/Line.tsx';
import { useChannelAct } from '../chat/channel/useChannelAct.ts';
import { NewToken } from './NewToken.tsx';

/** A bot, and the tokens that let it in. */
export function BotLine({ bot, mine }: { bot: Bot; mine: boolean }) {
  const t = useTranslations('bots');
  const { busy, act } = useChannelAct();
  const [adding, setAdding] = useState(false);
  const named = <span className="p-sr"> {bot.name}</span>;
  return (
    <Line
      name={bot.name}
      badges={
        <>
          <Badge tone="info">{t('bot')}</Badge>
          {!bot.running && <Badge>{t('stopped')}</Badge>}
        </>
      }
      facts={
        <>
          {bot.description !== '' && <bdi>{bot.description}</bdi>}
          {!mine && <span>{t('by', { name: bot.owner.name })}</span>}
          {bot.tokens.length === 0 && <span>{t('noTokens')}</span>}
        </>
      }
      acts={
        <>
          {bot.running && (
            <Button size="small" onClick={() => setAdding(true)}>
              {t('newToken')}
              {named}
            </Button>
          )}
          <Button
            size="small"
            kind={bot.running ? 'danger-quiet' : 'plain'}
            busy={busy}
            onClick={() => void act(() => call(changeBot, { id: bot.id, running: !bot.running }))}
          >
            {t(bot.running ? 'stop' : 'run')}
            {named}
          </Button>
        </>
      }
    >
      {bot.tokens.length > 0 && (
        <ul className="app-list app-inner" aria-label={t('tokensOf', { name: bot.name })}>
          {bot.tokens.map((token) => (
            <TokenLine key={token.id} botId={bot.id} token={token} />
          ))}
        </ul>
      )}
      {adding && <NewToken bot={bot} close={() => setAdding(false)} />}
    </Line>
  );
}

function TokenLine({ botId, token }: { botId: string; token: BotToken }) {
  const t = useTranslations('bots');
  const format = useFormatter();
  const now = useNow();
  const { busy, act } = useChannelAct();
  return (
    <Line
      name={token.name}
      facts={
        <>
          <span>
            {format.list(token.scopes.map((scope) => t(`scope.${scope.replace(':', '-') as 'chat-read'}`)))}
          </span>
          <span>
            {token.usedAt === null
              ? t('neverUsed')
              : t('usedAt', { when: format.relativeTime(new Date(token.usedAt), now) })}
          </span>
          {token.expiresAt !== null && (
            <span>
              {t('until', { date: format.dateTime(new Date(token.expiresAt), { dateStyle: 'long' }) })}
            </span>
          )}
        </>
      }
      acts={
        <Button
          size="small"
          kind="danger-quiet"
          busy={busy}
          onClick={() => void act(() => call(revokeBotToken, { id: botId, tokenId: token.id }))}
        >
          {t('revoke')}
          <span className="p-sr"> {token.name}</span>
        </Button>
      }
    />
  );
}
