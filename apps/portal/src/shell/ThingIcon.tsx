import type { Resource } from '@parvis/contract/shape';
import { Icon } from '@parvis/ui/Icon';
import { File, FileText, Folder, Hash, LayoutGrid, Video } from 'lucide-react';

const shapes = {
  space: LayoutGrid,
  channel: Hash,
  document: FileText,
  folder: Folder,
  file: File,
  meeting: Video,
} as const;

/** The icon of a kind of thing; its name stands beside it. */
export function ThingIcon({ kind, size = 'm' }: { kind: Resource['kind']; size?: 's' | 'm' }) {
  return <Icon of={shapes[kind]} size={size} />;
}
