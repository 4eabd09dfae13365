'use client';
import { createReactBlockSpec, type ReactCustomBlockRenderProps } from '@blocknote/react';
import { call } from '@parvis/contract/call';
import { listMessages } from '@parvis/contract/chat';
import { getResource } from '@parvis/contract/directory';
import { getMeeting } from '@parvis/contract/meet';
import { embedConfig, type embedKinds } from '@parvis/document/configs';
import dynamic from 'next/dynamic';
import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { wayTo } from '../../shell/resource-way.ts';
import { ThingIcon } from '../../shell/ThingIcon.tsx';
import type { DocumentEditor } from './document-editor.ts';
import { goOnAfter } from './insert.ts';
import { useKnown } from './known.ts';

const EmbedPicker = dynamic(() => import('./EmbedPicker.tsx').then((part) => part.EmbedPicker), {
  ssr: false,
});
type Kind = (typeof embedKinds)[number];

interface CardProps {
  kind: Kind;
  /** Uuid of the thing; of its channel for a message. */
  id: string;
  messageSeq: number;
}

/**
 * A card of a thing elsewhere. Its title and state are asked with the reader's own rights: of what they may not see the
 * card tells nothing, not even whether it is there.
 */
function EmbedCard({ kind, id, messageSeq }: CardProps) {
  const t = useTranslations('docsEditor');
  const thing = kind === 'message' ? 'channel' : kind;
  const known = useKnown(`thing ${id}`, () => call(getResource, { id }));
  if (known === undefined)
    return (
      <span className="docs-card" aria-busy="true">
        <span className="docs-card-words">{t('embed.asking')}</span>
      </span>
    );
  if (known === null || known.resource.kind !== thing)
    return (
      <span className="docs-card" data-hidden>
        <span className="docs-card-words">{t('embed.hidden')}</span>
      </span>
    );
  return (
    <a className="docs-card" href={wayTo(known.resource)}>
      <ThingIcon kind={known.resource.kind} />
      <span className="docs-card-words">
        <bdi className="docs-card-title">{known.resource.title}</bdi>
        <span className="p-meta">
          {t(`embed.kinds.${kind}`)}
          {kind === 'meeting' && <MeetingState id={id} />}
        </span>
        {kind === 'message' && <MessageText id={id} seq={messageSeq} />}
      </span>
    </a>
  );
}

/** Whether a meeting is being held, and by how many. */
function MeetingState({ id }: { id: string }): ReactNode {
  const t = useTranslations('docsEditor');
  const meeting = useKnown(`meeting ${id}`, () => call(getMeeting, { id }));
  if (!meeting) return null;
  if (meeting.endedAt !== null) return ` · ${t('embed.ended')}`;
  if (meeting.startedAt === null) return ` · ${t('embed.notStarted')}`;
  return ` · ${t('embed.present', { count: meeting.present.length })}`;
}

function MessageText({ id, seq }: { id: string; seq: number }): ReactNode {
  const format = useFormatter();
  const page = useKnown(`message ${id} ${seq}`, () =>
    call(listMessages, { id, after: Math.max(0, seq - 1), limit: 1 }),
  );
  const message = page?.messages[0];
  if (message === undefined || message.seq !== seq) return null;
  return (
    <>
      <span className="docs-card-said" dir="auto">
        {message.body}
      </span>
      <span className="p-meta">
        <bdi>{message.sender.name}</bdi>{' '}
        {format.dateTime(new Date(message.at), { dateStyle: 'medium', timeStyle: 'short' })}
      </span>
    </>
  );
}

function EmbedView({ block, editor }: ReactCustomBlockRenderProps<typeof embedConfig>) {
  const { kind, ref, messageSeq } = block.props;
  return (
    <div className="docs-embed" contentEditable={false} dir="auto">
      {ref === '' && editor.isEditable ? (
        <EmbedPicker
          kind={kind}
          onChoose={(chosen) => editor.updateBlock(block, { props: chosen })}
          onDone={() => goOnAfter(editor as unknown as DocumentEditor, block)}
        />
      ) : (
        <EmbedCard kind={kind} id={ref} messageSeq={messageSeq} />
      )}
    </div>
  );
}

export const embedBlock = createReactBlockSpec(embedConfig, {
  render: EmbedView,
  // Copied elsewhere it is an address: the title is not everybody's to know.
  toExternalHTML: ({ block }) => (
    <p>
      <a href={addressOf(block.props.kind, block.props.ref)}>
        {addressOf(block.props.kind, block.props.ref)}
      </a>
    </p>
  ),
})();

function addressOf(kind: Kind, id: string): string {
  return wayTo({ kind: kind === 'message' ? 'channel' : kind, id });
}
