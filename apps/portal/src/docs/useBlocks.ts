'use client';
import type { Block } from '@parvis/document/block';
import { blocksOf } from '@parvis/document/read-blocks';
import { useEffect, useState } from 'react';
import type * as Y from 'yjs';

/** Milliseconds of rest before the blocks are read again while somebody writes. */
const restMs = 400;

/** The blocks of the text, nested ones too, in the order of reading; read again a moment after each change. */
export function useBlocks(doc: Y.Doc): readonly Block[] {
  const [blocks, setBlocks] = useState<readonly Block[]>([]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = () => setBlocks(flat(blocksOf(doc)));
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(read, restMs);
    };
    doc.on('update', later);
    read();
    return () => {
      doc.off('update', later);
      clearTimeout(timer);
    };
  }, [doc]);
  return blocks;
}

function flat(blocks: readonly Block[]): Block[] {
  return blocks.flatMap((block) => [block, ...flat(block.children)]);
}
