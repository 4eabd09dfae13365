import type { ElementType, ReactNode } from 'react';
import type { AvatarProps } from './Avatar.tsx';
import { Avatar } from './Avatar.tsx';
import { Badge } from './Badge.tsx';

export interface PersonChipProps extends Pick<AvatarProps, 'id' | 'name' | 'picture' | 'presence' | 'size'> {
  /** What the presence means, for a screen reader. */
  presenceLabel?: string;
  /** The word for a guest; its presence makes the person one. */
  guest?: ReactNode;
  /** Address of the person's card. */
  href?: string;
  as?: ElementType;
  /** A quiet word after the name (their office, when they were seen). */
  note?: ReactNode;
}

/** The same chip for a person everywhere: face, name (isolated from the direction around it), presence, guest. */
export function PersonChip({
  id,
  name,
  picture,
  presence,
  size,
  presenceLabel,
  guest,
  href,
  as,
  note,
}: PersonChipProps) {
  const inside = (
    <>
      <Avatar id={id} name={name} picture={picture} presence={presence} size={size} />
      <bdi className="p-person-name">{name}</bdi>
      {presenceLabel && <span className="p-sr">{presenceLabel}</span>}
      {guest && <Badge tone="people">{guest}</Badge>}
      {note && <span className="p-meta p-cut">{note}</span>}
    </>
  );
  if (!href) return <span className="p-person">{inside}</span>;
  const Anchor = as ?? 'a';
  return (
    <Anchor className="p-person" href={href}>
      {inside}
    </Anchor>
  );
}
