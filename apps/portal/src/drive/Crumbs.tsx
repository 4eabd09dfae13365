import type { Crumb } from '@parvis/contract/directory';
import { Glyph } from '@parvis/ui/Glyph';
import Link from 'next/link';
import type { z } from 'zod';
import { withLink } from '../shell/resource-way.ts';

/** Where a thing lies, from its space down; the last one is the thing itself, and the page's heading. */
export function Crumbs({
  path,
  title,
  label,
  link,
}: {
  path: readonly z.infer<typeof Crumb>[];
  title: string;
  label: string;
  link: string | undefined;
}) {
  const above = path.at(-1)?.title === title ? path.slice(0, -1) : path;
  return (
    <nav className="p-crumbs" aria-label={label}>
      {above.map((crumb) => (
        <span key={crumb.id} className="drive-crumb">
          <Link href={withLink(`/drive/${crumb.id}`, link)}>
            <bdi>{crumb.title}</bdi>
          </Link>
          <Glyph name="forward" flip />
        </span>
      ))}
      <h1>
        <bdi>{title}</bdi>
      </h1>
    </nav>
  );
}
