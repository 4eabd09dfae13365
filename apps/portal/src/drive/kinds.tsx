import type { Entry } from '@parvis/contract/drive';
import { KindGlyph, type TileTone } from '@parvis/ui/FileTile';
import { Icon, type IconShape } from '@parvis/ui/Icon';
import {
  File,
  FileArchive,
  FileAudio,
  FileImage,
  FileSpreadsheet,
  FileText,
  FileVideo,
  Folder,
} from 'lucide-react';

type Look = readonly [IconShape, TileTone];

const byType: readonly (readonly [RegExp, Look])[] = [
  [/^image\//, [FileImage, 'terra']],
  [/^video\//, [FileVideo, 'terra']],
  [/^audio\//, [FileAudio, 'terra']],
  [/pdf$/, [FileText, 'red']],
  [/(csv|spreadsheet|excel)/, [FileSpreadsheet, 'green']],
  [/(zip|tar|gzip|compressed)/, [FileArchive, 'plain']],
];

function lookOf(kind: Entry['kind'], mediaType: string | undefined): Look {
  if (kind === 'folder') return [Folder, 'amber'];
  if (kind === 'document') return [FileText, 'accent'];
  return byType.find(([type]) => type.test(mediaType ?? ''))?.[1] ?? [File, 'plain'];
}

/** The coloured square of a thing in a list of files. */
export function EntryGlyph({ kind, mediaType }: { kind: Entry['kind']; mediaType?: string | undefined }) {
  const [shape, tone] = lookOf(kind, mediaType);
  return (
    <KindGlyph tone={tone} size="s">
      <Icon of={shape} size="s" />
    </KindGlyph>
  );
}
