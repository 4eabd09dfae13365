'use client';
import type { Me } from '@parvis/contract/directory';
import { Icon, type IconShape } from '@parvis/ui/Icon';
import { Avatar } from '@parvis/ui/Avatar';
import { MenuLater } from '@parvis/ui/MenuLater';
import { LogOut, Scale, Settings, ShieldCheck, Smile, Trash2, Users } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { localeNames, locales, readLocale } from '../i18n/locale.ts';
import { dress, speak, themes } from './preferences.ts';

const LeaveQuestion = dynamic(
  () => import('../docs/offline/LeaveQuestion.tsx').then((part) => part.LeaveQuestion),
  { ssr: false },
);

/** Leaves through the directory, which also ends the session at the identity provider. */
async function signOut(personId: string): Promise<void> {
  const { leave } = await import('../docs/offline/leaving.ts');
  await leave(personId);
  const form = document.createElement('form');
  form.method = 'post';
  form.action = '/auth/logout';
  document.body.append(form);
  form.submit();
}

/** Signs out, after a question when something written is in this browser only; the second part is that question. */
function useSignOut(personId: string) {
  const [changes, setChanges] = useState(0);
  const ask = async () => {
    const { changesThatStay } = await import('../docs/offline/leaving.ts');
    const staying = await changesThatStay(personId);
    if (staying === 0) await signOut(personId);
    else setChanges(staying);
  };
  const question = changes > 0 && (
    <LeaveQuestion changes={changes} onStay={() => setChanges(0)} onLeave={() => void signOut(personId)} />
  );
  return [() => void ask(), question] as const;
}

const StatusDialog = dynamic(() => import('../presence/StatusDialog.tsx').then((part) => part.StatusDialog), {
  ssr: false,
});

/** The pages that only this menu leads to. */
function useWays(administrator: boolean, people: boolean) {
  const t = useTranslations('shell');
  const router = useRouter();
  const way = (id: 'people' | 'settings' | 'trash' | 'status' | 'retention', shape: IconShape) => ({
    id,
    label: t(id),
    icon: <Icon of={shape} size="s" />,
    onAction: () => router.push(`/${id}`),
  });
  return {
    id: 'ways',
    items: [
      ...(people ? [way('people', Users)] : []),
      way('settings', Settings),
      way('trash', Trash2),
      ...(administrator ? [way('status', ShieldCheck), way('retention', Scale)] : []),
    ],
  };
}

/** The way to what I say of myself, and the dialog for it. */
function useStatus(personId: string) {
  const t = useTranslations('presence');
  const [open, setOpen] = useState(false);
  const group = {
    id: 'status',
    items: [
      {
        id: 'status-mine',
        label: t('status'),
        icon: <Icon of={Smile} size="s" />,
        onAction: () => setOpen(true),
      },
    ],
  };
  return [group, open && <StatusDialog personId={personId} onClose={() => setOpen(false)} />] as const;
}

/** My picture, and behind it language, appearance, settings and the way out. */
export function AccountMenu({ me, phone = false }: { me: Me; phone?: boolean }) {
  const t = useTranslations('shell');
  const locale = useLocale();
  const [theme, setTheme] = useState<string>(me.theme);

  function chooseLocale(chosen: string | undefined) {
    const known = readLocale(chosen);
    if (known && known !== locale) void speak(known);
  }
  function chooseTheme(chosen: string | undefined) {
    const known = themes.find((one) => one === chosen);
    if (!known) return;
    setTheme(known);
    // The page is dressed already; only another browser would not know.
    dress(known).catch(() => undefined);
  }

  const ways = useWays(me.administrator, phone && me.person.kind === 'member');
  const [status, dialog] = useStatus(me.person.id);
  const [leave, question] = useSignOut(me.person.id);
  return (
    <>
      {question}
      {dialog}
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
          status,
          {
            id: 'locale',
            title: t('language'),
            choose: 'one',
            selected: [locale],
            onChoose: (ids) => chooseLocale(ids[0]),
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
            onChoose: (ids) => chooseTheme(ids[0]),
            items: themes.map((one) => ({ id: one, label: t(`themes.${one}`) })),
          },
          ways,
          {
            id: 'out',
            items: [
              {
                id: 'sign-out',
                label: t('signOut'),
                icon: <Icon of={LogOut} size="s" flip />,
                onAction: leave,
              },
            ],
          },
        ]}
      />
    </>
  );
}
