'use client';
import { useState } from 'react';
import type { DocumentConnection } from '../connection.ts';
import type { Present } from '../useHere.ts';
import type { Tool } from './tool.ts';
import { useFocusMode } from './useFocusMode.ts';
import { useFollow } from './useFollow.ts';

/** How this person works with the text now: the tool that is open, whether all else is away, and whom they follow. */
export function useWriting(connection: DocumentConnection | null, here: readonly Present[]) {
  const [tool, setTool] = useState<Tool | null>(null);
  return { tool, setTool, ...useFocusMode(), ...useFollow(connection, here) };
}

export type Writing = ReturnType<typeof useWriting>;
