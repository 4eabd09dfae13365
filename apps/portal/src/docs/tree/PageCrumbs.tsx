import type { Crumb } from '@parvis/contract/directory';
import { Glyph } from '@parvis/ui/Glyph';
import Link from 'next/link';
import type { z } from 'zod';
import { wayTo, withLink } from '../../shell/resource-way.ts';

interface Props {
  path: readonly z.infer<typeof Crumb>[];
  label: string;
  link: string | undefined;
}

/** Where a document lies: its space, its folders and the documents above it. */
export function PageCrumbs({ path, label, link }: Props) {
  if (path.length === 0) return null;
  return (
    <nav className="p-crumbs tree-crumbs" aria-label={label}>
      {path.map((crumb) => (
        <span key={crumb.id}>
          <Link href={withLink(wayTo(crumb), link)}>
            <bdi className="p-cut">{crumb.title}</bdi>
          </Link>
          <Glyph name="forward" flip />
        </span>
      ))}
    </nav>
  );
}
