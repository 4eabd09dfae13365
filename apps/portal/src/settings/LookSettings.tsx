'use client';
import type { Me } from '@parvis/contract/directory';
import { Icon } from '@parvis/ui/Icon';
import { Seg } from '@parvis/ui/Seg';
import { Truth } from '@parvis/ui/Banner';
import { toast } from '@parvis/ui/Toast';
import { Check } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { localeNames, locales, readLocale } from '../i18n/locale.ts';
import { useProblem } from '../problems/useProblem.ts';
import { dress, speak, themes } from '../shell/preferences.ts';

/** Language and appearance, kept as they are chosen. */
export function LookSettings({ theme }: { theme: Me['theme'] }) {
  const t = useTranslations('settings');
  const shell = useTranslations('shell');
  const locale = useLocale();
  const problem = useProblem();
  const [chosen, setChosen] = useState(theme);
  const [saved, setSaved] = useState(false);
  function chooseTheme(id: string) {
    const known = themes.find((one) => one === id);
    if (!known) return;
    setChosen(known);
    setSaved(false);
    dress(known).then(
      () => setSaved(true),
      (error: unknown) => toast(problem(error), { tone: 'bad' }),
    );
  }
  function chooseLocale(id: string) {
    const known = readLocale(id);
    if (known && known !== locale) void speak(known);
  }
  return (
    <section aria-labelledby="settings-look">
      <h2 id="settings-look">
        {t('look')}
        <span role="status">{saved && <Truth icon={<Icon of={Check} size="s" />}>{t('saved')}</Truth>}</span>
      </h2>
      <div className="setting">
        <span aria-hidden="true">{shell('language')}</span>
        <Seg
          label={shell('language')}
          options={locales.map((one) => ({ id: one, label: localeNames[one], lang: one }))}
          value={locale}
          onChange={chooseLocale}
        />
      </div>
      <div className="setting">
        <span aria-hidden="true">{shell('theme')}</span>
        <Seg
          label={shell('theme')}
          options={themes.map((one) => ({ id: one, label: shell(`themes.${one}`) }))}
          value={chosen}
          onChange={chooseTheme}
        />
      </div>
    </section>
  );
}
