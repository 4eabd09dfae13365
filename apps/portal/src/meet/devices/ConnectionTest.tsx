'use client';
import { Button } from '@parvis/ui/Button';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Verdict, Way } from './connection-test.ts';

const ways: readonly Way[] = ['signal', 'udp', 'tcp', 'turn'];
type Found = Partial<Record<Way, Verdict>>;

function sumOf(found: Found): 'good' | 'slow' | 'relay' | 'bad' {
  if (found.udp === 'works') return 'good';
  if (found.tcp === 'works') return 'slow';
  return found.turn === 'works' ? 'relay' : 'bad';
}

/** Finds out, before anybody waits, how sound and picture get through, and says what to do. */
export function ConnectionTest() {
  const t = useTranslations('meetDevices');
  const [found, setFound] = useState<Found>({});
  const [state, setState] = useState<'rest' | 'tries' | 'done' | 'failed'>('rest');
  async function test() {
    setFound({});
    setState('tries');
    try {
      const { testConnection } = await import('./connection-test.ts');
      await testConnection((way, verdict) => setFound((now) => ({ ...now, [way]: verdict })));
      setState('done');
    } catch {
      setState('failed');
    }
  }
  return (
    <div className="meet-trial">
      <Button kind="quiet" size="small" busy={state === 'tries'} onClick={() => void test()}>
        {t('testConnection')}
      </Button>
      {state !== 'rest' && (
        <div role="status">
          <ul>
            {ways.flatMap((way) => {
              const verdict = found[way];
              if (verdict === undefined) return [];
              return [
                <li key={way} data-verdict={verdict}>
                  {t(`way.${way}`)} <b>{t(`verdict.${verdict}`)}</b>
                </li>,
              ];
            })}
          </ul>
          {state === 'tries' && <p className="p-meta">{t('trying')}</p>}
          {state === 'done' && <p>{t(`sum.${sumOf(found)}`)}</p>}
          {state === 'failed' && <p className="p-error">{t('trialFailed')}</p>}
        </div>
      )}
    </div>
  );
}
