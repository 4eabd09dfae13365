'use client';
import { type Me, setPreferences } from '@parvis/contract/directory';
import { call } from '@parvis/contract/call';
import { Locale } from '@parvis/contract/shape';
import { Icon } from '@parvis/ui/Icon';
import { Avatar } from '@parvis/ui/Avatar';
import { MenuLater } from '@parvis/ui/MenuLater';
import { LogOut, Settings, ShieldCheck, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { localeNames, locales } from '../i18n/locale.ts';
import { rememberLocale, rememberTheme } from './preferences.ts';

const themes = ['system', 'light', 'dark', 'contrast'] as const;
type Theme = (typeof themes)[number];

/** Leaves through the directory, which also ends the session at the identity provider. */
function signOut(): void {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = '/auth/logout';
  document.body.append(form);
  form.submit();
}

/** My picture, and behind it language, appearance, settings and the way out. */
export function AccountMenu({ me, phone = false }: { me: Me; phone?: boolean }) {
  const t = useTranslations('shell');
  const router = useRouter();
  const locale = useLocale();
  const [theme, setTheme] = useState<string>(me.theme);

  async function speak(chosen: string | undefined) {
    const known = Locale.safeParse(chosen);
    if (!known.success) return;
    rememberLocale(known.data);
    await call(setPreferences, { locale: known.data });
    // Language and direction stand in the HTML element: the whole page is asked for again.
    window.location.reload();
  }
  async function dress(chosen: string | undefined) {
    const theme = themes.find((one) => one === chosen) as Theme | undefined;
    if (!theme) return;
    setTheme(theme);
    rememberTheme(theme);
    document.documentElement.dataset.theme = theme;
    await call(setPreferences, { theme });
  }

  return (
    <MenuLater
      trigger={
        <button type="button" className={phone ? 'p-to only-phone' : 'account'}>
          <Avatar id={me.person.id} name={me.person.name} size={phone ? 's' : 'm'} />
          <span className={phone ? 'p-to-name' : 'p-sr'}>
            {phone ? t('me') : t('account', { name: me.person.name })}
          </span>
        </button>
      }
      label={t('account', { name: me.person.name })}
      groups={[
        {
          id: 'locale',
          title: t('language'),
          choose: 'one',
          selected: [locale],
          onChoose: (ids) => void speak(ids[0]),
          items: locales.map((one) => ({
            id: one,
            label: <span lang={one}>{localeNames[one]}</span>,
            textValue: localeNames[one],
          })),
        },
        {
          id: 'theme',
          title: t('theme'),
          choose: 'one',
          selected: [theme],
          onChoose: (ids) => void dress(ids[0]),
          items: themes.map((one) => ({ id: one, label: t(`themes.${one}`) })),
        },
        {
          id: 'ways',
          items: [
            {
              id: 'settings',
              label: t('settings'),
              icon: <Icon of={Settings} size="s" />,
              onAction: () => router.push('/settings'),
            },
            {
              id: 'trash',
              label: t('trash'),
              icon: <Icon of={Trash2} size="s" />,
              onAction: () => router.push('/trash'),
            },
            ...(me.administrator
              ? [
                  {
                    id: 'status',
                    label: t('status'),
                    icon: <Icon of={ShieldCheck} size="s" />,
                    onAction: () => router.push('/status'),
                  },
                ]
              : []),
          ],
        },
        {
          id: 'out',
          items: [
            {
              id: 'sign-out',
              label: t('signOut'),
              icon: <Icon of={LogOut} size="s" flip />,
              onAction: signOut,
            },
          ],
        },
      ]}
    />
  );
}
