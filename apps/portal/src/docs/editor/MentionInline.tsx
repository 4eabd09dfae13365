'use client';
import { createReactInlineContentSpec } from '@blocknote/react';
import { call } from '@parvis/contract/call';
import { getPerson, getResource } from '@parvis/contract/directory';
import { mentionConfig } from '@parvis/document/configs';
import { Icon } from '@parvis/ui/Icon';
import { FileText } from 'lucide-react';
import { peopleWay } from '../../people/people-way.ts';
import { wayTo } from '../../shell/resource-way.ts';
import { useKnown } from './known.ts';

/** A person or a document named in a line: called as they are called today, where the reader may know it. */
function MentionView({ kind, id, label }: { kind: 'person' | 'document'; id: string; label: string }) {
  const today = useKnown(id === '' ? null : `called ${kind} ${id}`, () =>
    kind === 'person'
      ? call(getPerson, { id }).then(({ name }) => name)
      : call(getResource, { id }).then(({ resource }) => resource.title),
  );
  const name = today ?? label;
  const href = kind === 'person' ? peopleWay({ person: id }) : wayTo({ kind: 'document', id });
  return (
    <a className="docs-mention" data-kind={kind} href={href} draggable={false}>
      {kind === 'document' && <Icon of={FileText} size="s" />}
      <bdi>{kind === 'person' ? `@${name}` : name}</bdi>
    </a>
  );
}

export const mentionInline = createReactInlineContentSpec(mentionConfig, {
  render: ({ inlineContent: { props } }) => (
    <MentionView kind={props.kind} id={props.ref} label={props.label} />
  ),
  toExternalHTML: ({ inlineContent: { props } }) => (
    <span>{`${props.kind === 'person' ? '@' : ''}${props.label}`}</span>
  ),
});
