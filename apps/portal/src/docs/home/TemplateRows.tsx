'use client';
import { call } from '@parvis/contract/call';
import { removeTemplate, type Template } from '@parvis/contract/doc-templates';
import { Button } from '@parvis/ui/Button';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { toast } from '@parvis/ui/Toast';
import { LayoutTemplate, Trash2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';

const NewDocumentDialog = dynamic(
  () => import('../tree/NewDocumentDialog.tsx').then((part) => part.NewDocumentDialog),
  { ssr: false },
);

interface Props {
  templates: readonly (Template & { spaceId: string | undefined; place: string | undefined })[];
  spaces: readonly { id: string; title: string }[];
}

/** The templates that a person may begin with, and remove where they are theirs. */
export function TemplateRows({ templates, spaces }: Props) {
  const t = useTranslations('docsHome');
  const tree = useTranslations('docsTree');
  const problem = useProblem();
  const router = useRouter();
  const [using, setUsing] = useState<Props['templates'][number] | null>(null);
  const remove = ({ id, title }: Template) => {
    call(removeTemplate, { templateId: id }).then(
      () => {
        toast(t('templateRemoved', { title }));
        router.refresh();
      },
      (error: unknown) => toast(problem(error), { tone: 'bad' }),
    );
  };
  return (
    <>
      <ul className="rows docs-rows" aria-label={t('views.templates')}>
        {templates.map((one) => (
          <li key={one.id}>
            <span className="row-link docs-template">
              <span className="p-kind">
                <Icon of={LayoutTemplate} />
              </span>
              <span className="row-text">
                <bdi>{one.title}</bdi>
                <span className="p-meta">
                  <bdi>{one.place ?? tree(`templateScopes.${one.scope}`)}</bdi>
                  {one.description !== '' && (
                    <>
                      {' · '}
                      <bdi>{one.description}</bdi>
                    </>
                  )}
                </span>
              </span>
            </span>
            {one.removable && (
              <IconButton
                label={t('removeTemplate', { title: one.title })}
                onClick={() => remove(one)}
                tipAlign="end"
              >
                <Icon of={Trash2} />
              </IconButton>
            )}
            {spaces.length > 0 && (
              <Button aria-label={t('useOf', { title: one.title })} onClick={() => setUsing(one)}>
                {t('use')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {using !== null && (
        <NewDocumentDialog
          spaces={using.spaceId === undefined ? spaces : spaces.filter(({ id }) => id === using.spaceId)}
          templateId={using.id}
          close={() => setUsing(null)}
        />
      )}
    </>
  );
}
