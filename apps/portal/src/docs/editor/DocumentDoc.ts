'use client';
import { createContext, useContext } from 'react';
import * as Y from 'yjs';

const none = new Y.Doc();

/** The shared text that the blocks of an editor stand in. */
export const DocumentDoc = createContext<Y.Doc>(none);

export function useDocumentDoc(): Y.Doc {
  return useContext(DocumentDoc);
}
