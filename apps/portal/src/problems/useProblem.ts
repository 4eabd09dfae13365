'use client';
import { Refusal } from '@parvis/contract/refusal';
import { useTranslations } from 'next-intl';

/** Turns what a call threw into the sentence that people read; every stable code has one in each language. */
export function useProblem(): (error: unknown) => string {
  const t = useTranslations('problems');
  return (error) => {
    if (!(error instanceof Refusal)) throw error;
    const field = error.problem.fields?.[0];
    const code = field ? `field-${field.code}` : error.code;
    return t.has(code) ? t(code) : t('internal');
  };
}
