'use client';
import { Toaster } from '@parvis/ui/Toast';
import { useTranslations } from 'next-intl';

/** Where things said in passing appear, once for the whole house. */
export function Toasts() {
  const t = useTranslations('shell');
  return <Toaster label={t('notices')} closeLabel={t('close')} />;
}
