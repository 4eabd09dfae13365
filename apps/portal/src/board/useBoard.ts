'use client';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { DocumentConnection } from '../docs/connection.ts';
import { Board } from './board.ts';

/** The board of a document for as long as this page shows it; null until what others have drawn is here. */
export function useBoard(connection: DocumentConnection, synced: boolean): Board | null {
  const [board, setBoard] = useState<Board | null>(null);
  useEffect(() => {
    if (!synced) return;
    const made = new Board(connection.doc);
    setBoard(made);
    return () => {
      made.stop();
      setBoard(null);
    };
  }, [connection, synced]);
  return board;
}

export const useShapes = (board: Board) => useSyncExternalStore(board.subscribe, board.shapes, board.shapes);
export const useSteps = (board: Board) => useSyncExternalStore(board.subscribe, board.steps, board.steps);
