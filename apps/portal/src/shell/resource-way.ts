import type { Resource } from '@parvis/contract/shape';

const rooms: Record<Resource['kind'], string> = {
  space: 'space',
  channel: 'chat',
  document: 'docs',
  folder: 'drive',
  file: 'drive',
  meeting: 'meet',
};

/** The address of a thing in the portal. */
export function wayTo(thing: Pick<Resource, 'kind' | 'id'>): string {
  return `/${rooms[thing.kind]}/${thing.id}`;
}

/** The same address, opened by the secret of a link where there is one. */
export function withLink(way: string, link: string | undefined): string {
  if (link === undefined) return way;
  return `${way}${way.includes('?') ? '&' : '?'}link=${encodeURIComponent(link)}`;
}
