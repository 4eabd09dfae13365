'use client';
import { call } from '@parvis/contract/call';
import { deliverAgain, type Delivery, listDeliveries, type OutgoingHook } from '@parvis/contract/chat-hook';
import { Badge } from '@parvis/ui/Badge';
import { Button } from '@parvis/ui/Button';
import { Dialog } from '@parvis/ui/Dialog';
import { Icon } from '@parvis/ui/Icon';
import { toast } from '@parvis/ui/Toast';
import { RotateCw } from 'lucide-react';
import { useFormatter, useNow, useTranslations } from 'next-intl';
import { useCallback, useEffect, useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';

/** Milliseconds between two looks while the log is open. */
const lookMs = 3_000;

/** What a webhook was told and answered, the newest first; what failed can be sent again. */
export function DeliveryLog(props: { channelId: string; hook: OutgoingHook; close: () => void }) {
  const { channelId, hook, close } = props;
  const t = useTranslations('chatApps');
  const shell = useTranslations('shell');
  const problem = useProblem();
  const [deliveries, setDeliveries] = useState<readonly Delivery[] | null>(null);
  const look = useCallback(async () => {
    const found = await call(listDeliveries, { id: channelId, hookId: hook.id }).catch(() => null);
    if (found !== null) setDeliveries(found.deliveries);
  }, [channelId, hook.id]);
  useEffect(() => {
    void look();
    const timer = setInterval(() => void look(), lookMs);
    return () => clearInterval(timer);
  }, [look]);
  async function again(deliveryId: string) {
    try {
      await call(deliverAgain, { id: channelId, hookId: hook.id, deliveryId });
      await look();
    } catch (error) {
      toast(problem(error), { tone: 'bad' });
    }
  }
  return (
    <Dialog
      open
      size="l"
      onOpenChange={(open) => !open && close()}
      title={t('logOf', { name: hook.name })}
      closeLabel={shell('close')}
    >
      <div aria-busy={deliveries === null}>
        {deliveries?.length === 0 && <p className="p-meta">{t('logEmpty')}</p>}
        <ul className="app-list">
          {deliveries?.map((one) => (
            <DeliveryLine key={one.id} delivery={one} again={() => void again(one.id)} />
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

const tones = { waiting: 'wait', sent: 'good', failed: 'bad' } as const;

function DeliveryLine({ delivery, again }: { delivery: Delivery; again: () => void }) {
  const t = useTranslations('chatApps');
  const format = useFormatter();
  const now = useNow({ updateInterval: lookMs });
  const { event, state, status, attempts, tookMs, channelTitle, nextAt } = delivery;
  const what = t(`event.${event}`);
  return (
    <li className="app-delivery" data-state={state}>
      <p className="app-name">
        <span>{what}</span>
        <Badge tone={tones[state]}>{t(`state.${state}`)}</Badge>
      </p>
      <div className="p-meta app-facts">
        {channelTitle !== null && <bdi>{channelTitle}</bdi>}
        <time dateTime={delivery.at}>
          {format.dateTime(new Date(delivery.at), { dateStyle: 'short', timeStyle: 'medium' })}
        </time>
        {attempts > 0 && <span>{t('attempts', { count: attempts })}</span>}
        {attempts > 0 && (
          <span>
            {status === null
              ? t(`problem.${problemOf(delivery)}`)
              : t('answered', { status: String(status) })}
          </span>
        )}
        {tookMs !== null && <span>{t('took', { ms: format.number(tookMs) })}</span>}
        {nextAt !== null && attempts > 0 && (
          <span>{t('nextAt', { when: format.relativeTime(new Date(nextAt), now) })}</span>
        )}
      </div>
      <Button size="small" icon={<Icon of={RotateCw} size="s" />} onClick={again}>
        {t('again')}
        <span className="p-sr"> {what}</span>
      </Button>
    </li>
  );
}

const problems = [
  'unreachable',
  'too-slow',
  'redirected',
  'refused-address',
  'owner-gone',
  'entry-gone',
] as const;

function problemOf({ problem }: Delivery): (typeof problems)[number] {
  return problems.find((one) => one === problem) ?? 'unreachable';
}
