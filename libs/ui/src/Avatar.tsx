import type { Hue } from './format.tsx';
import { hueOf, initials, isArabic } from './format.tsx';

export type Presence = 'here' | 'away' | 'meeting' | 'busy';

export interface AvatarProps {
  /** The person's id: gives the hue. */
  id: string;
  name: string;
  /** Address of the picture; initials when absent. */
  picture?: string;
  /** s 22, m 28, l 36, xl 72 px. */
  size?: 's' | 'm' | 'l' | 'xl';
  presence?: Presence;
  hue?: Hue;
  /** Set it only where the picture stands alone (no name beside it): then it is announced. */
  label?: string;
}

/** A person's picture or initials. Decorative unless `label` is given. */
export function Avatar({ id, name, picture, size = 'm', presence, hue, label }: AvatarProps) {
  const letters = initials(name);
  const arabic = isArabic(letters);
  return (
    <span
      className="p-av"
      data-hue={hue ?? hueOf(id)}
      data-size={size}
      data-ar={arabic || undefined}
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    >
      {picture ? <img src={picture} alt="" /> : size === 's' ? [...letters][0] : letters}
      {presence && <span className="p-here" data-presence={presence} />}
    </span>
  );
}

export interface AvatarStackProps {
  people: readonly { id: string; name: string; picture?: string }[];
  /** How many faces before the number. */
  max?: number;
  size?: AvatarProps['size'];
  /** Who is here, in words. */
  label: string;
}

/** Overlapping faces and how many more. */
export function AvatarStack({ people, max = 4, size = 'm', label }: AvatarStackProps) {
  const more = people.length - max;
  return (
    <span className="p-stack" role="img" aria-label={label}>
      {people.slice(0, max).map((person) => (
        <Avatar key={person.id} {...person} size={size} />
      ))}
      {more > 0 && (
        <span className="p-stack-more" aria-hidden="true">
          +{more}
        </span>
      )}
    </span>
  );
}
