'use client';
import type { ReactNode } from 'react';
import { createContext, useContext } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { intlLocale } from './format.tsx';

const Asked = createContext<string | undefined>(undefined);

/**
 * Gives react-aria the language of the page, taken from `<html lang>` unless a language is given, so that the first
 * page never loads react-aria for it. Every heavy part wraps itself in it.
 */
export function InLocale({ locale, children }: { locale?: string; children: ReactNode }) {
  const above = useContext(Asked);
  const page = typeof document === 'undefined' ? '' : document.documentElement.lang;
  const chosen = locale ?? above ?? (page || 'en');
  return (
    <Asked value={chosen}>
      <I18nProvider locale={intlLocale(chosen)}>{children}</I18nProvider>
    </Asked>
  );
}
