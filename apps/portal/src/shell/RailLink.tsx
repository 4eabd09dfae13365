'use client';
import Link from 'next/link';
import { useParams, useSelectedLayoutSegment, useSelectedLayoutSegments } from 'next/navigation';
import type { ReactNode } from 'react';
import { useUnreadDirect, useUnreadInSpace } from './live-unread.ts';

/** A way in the rail; knows whether the person is there. */
export function RailLink(props: {
  href: string;
  segment: string | null;
  /** The page itself only, not what lies below its address. */
  alone?: boolean;
  /** Not in the bar of a phone, where the menu of the account leads there. */
  wide?: boolean;
  label: string;
  /** For the bar of a phone, where words have little room; then also its name, which must be what one sees. */
  short?: string;
  children: ReactNode;
}) {
  const [segment = null, below] = useSelectedLayoutSegments();
  const here = segment === props.segment && !(props.alone && below !== undefined);
  return (
    <Link
      className="p-to"
      href={props.href}
      aria-label={props.short ?? props.label}
      aria-current={here ? 'page' : undefined}
      data-wide={props.wide || undefined}
    >
      {props.children}
      <span className="p-to-name">{props.short ?? props.label}</span>
      <span className="p-tip" data-side="end" aria-hidden="true">
        {props.label}
      </span>
    </Link>
  );
}

/** The dot on the way to the conversations while something in them is unread. */
export function DirectDot({ unread, label }: { unread: boolean; label: string }) {
  if (!useUnreadDirect(unread)) return null;
  return (
    <>
      <span className="p-dot" aria-hidden="true" />
      <span className="p-sr">{label}</span>
    </>
  );
}

/** A space's stone in the rail. */
export function SpaceLink(props: {
  id: string;
  label: string;
  unread: boolean;
  unreadLabel: string;
  children: ReactNode;
}) {
  const params = useParams<{ id?: string }>();
  const here = useSelectedLayoutSegment() === 'space' && params.id === props.id;
  const unread = useUnreadInSpace(props.id, props.unread);
  return (
    <Link
      className="p-rail-tile"
      href={`/space/${props.id}`}
      aria-current={here ? 'page' : undefined}
      title={props.label}
    >
      {props.children}
      {unread && <span className="p-dot" aria-hidden="true" />}
      <span className="p-sr">
        <bdi>{props.label}</bdi>
        {unread ? ` (${props.unreadLabel})` : ''}
      </span>
    </Link>
  );
}
