import { TabLinks } from '@parvis/ui/TabLinks';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';

/** People or groups: two addresses of the same page. */
export async function ViewTabs({ current }: { current: 'people' | 'groups' }) {
  const t = await getTranslations('people');
  return (
    <div className="people-tabs">
      <TabLinks
        label={t('views')}
        as={Link}
        current={current}
        tabs={[
          { id: 'people', title: t('people'), href: '/people' },
          { id: 'groups', title: t('groups'), href: '/people?view=groups' },
        ]}
      />
    </div>
  );
}
