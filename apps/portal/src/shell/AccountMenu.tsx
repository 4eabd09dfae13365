'use client';
import type { Me } from '@parvis/contract/directory';
import { Avatar } from '@parvis/ui/Avatar';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';

const AccountMenuOpen = dynamic(() => import('./AccountMenuOpen.tsx').then((part) => part.AccountMenuOpen), {
  ssr: false,
});

/** My picture; the menu behind it (language, theme, settings, sign out) is loaded when it is first opened. */
export function AccountMenu({ me, phone = false }: { me: Me; phone?: boolean }) {
  const t = useTranslations('shell');
  const [wanted, setWanted] = useState(false);
  const face = <Avatar id={me.person.id} name={me.person.name} size={phone ? 's' : 'm'} />;
  const trigger = (
    <button
      type="button"
      className={phone ? 'p-to only-phone' : 'account'}
      aria-haspopup="menu"
      onClick={() => setWanted(true)}
    >
      {face}
      <span className={phone ? 'p-to-name' : 'p-sr'}>
        {phone ? t('me') : t('account', { name: me.person.name })}
      </span>
    </button>
  );
  if (!wanted) return trigger;
  return <AccountMenuOpen me={me} trigger={trigger} />;
}
