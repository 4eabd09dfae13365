'use client';
import { Avatar, AvatarStack } from '@parvis/ui/Avatar';
import { MenuLater } from '@parvis/ui/MenuLater';
import { useTranslations } from 'next-intl';
import type { Present } from '../useHere.ts';
import type { Writing } from './useWriting.ts';

interface Props {
  here: readonly Present[];
  writing: Pick<Writing, 'followed' | 'follow'>;
}

/** Who else has the document open. A press lists them; choosing one goes along with them. */
export function Here({ here, writing: { followed, follow } }: Props) {
  const t = useTranslations('docsWriting');
  const docs = useTranslations('docs');
  const shell = useTranslations('shell');
  const names = here.map(({ name }) => name).join(', ');
  const items = here.map(({ id, name, guest }) => {
    const act = t(id === followed?.id ? 'stopFollowing' : 'follow');
    return {
      id,
      label: <bdi>{name}</bdi>,
      textValue: name,
      icon: <Avatar id={id} name={name} size="s" />,
      note: guest ? `${shell('guest')} · ${act}` : act,
      onAction: () => follow(id === followed?.id ? null : id),
    };
  });
  return (
    <MenuLater
      label={docs('here')}
      align="end"
      trigger={
        <button type="button" className="docs-here">
          <span className="p-sr">{`${docs('here')} ${names}`}</span>
          <span aria-hidden="true">
            <AvatarStack people={here} label={docs('here')} />
          </span>
        </button>
      }
      groups={[{ id: 'here', title: docs('here'), items }]}
    />
  );
}
