import { firstUpdate } from './seed.ts';

/** The Yjs update (v1) of a new, empty document: one empty paragraph, as the editor would make it. */
export function blankUpdate(): Uint8Array {
  return firstUpdate([{ kind: 'paragraph', text: '' }]);
}
