'use client';
import type { Document } from '@parvis/contract/docs';
import type { IconShape } from '@parvis/ui/Icon';
import { History, ListTree, MessageSquareDiff, MessageSquareText, Waypoints } from 'lucide-react';
import dynamic from 'next/dynamic';
import type { ComponentType } from 'react';
import type { DocumentConnection } from './connection.ts';
import type { DocumentEditor } from './editor/document-editor.ts';

/** What a panel beside a document is given. */
export interface PanelProps {
  readonly document: Document;
  readonly connection: DocumentConnection;
  /** The editor beside the panel; null until it has opened. */
  readonly editor: DocumentEditor | null;
}

export interface Panel {
  /** Its name in the address, and the key of its words: `docs.panels.<id>`. */
  readonly id: 'outline' | 'comments' | 'suggestions' | 'links' | 'history';
  readonly icon: IconShape;
  /** Loaded when it is opened first. */
  readonly Body: ComponentType<PanelProps>;
  /** Opened from a menu, without a button of its own in the bar. */
  readonly fromMenu?: true;
  /** Whether this person has it; all have it when absent. */
  readonly shown?: (document: Document) => boolean;
}

/** The panels beside a document, in the order of their buttons. One is open at a time. */
export const panels: readonly Panel[] = [
  {
    id: 'outline',
    icon: ListTree,
    Body: dynamic(() => import('./outline/OutlinePanel.tsx').then((part) => part.OutlinePanel), {
      ssr: false,
    }),
  },
  {
    id: 'comments',
    icon: MessageSquareText,
    Body: dynamic(() => import('./comments/CommentsPanel.tsx').then((part) => part.CommentsPanel), {
      ssr: false,
    }),
  },
  {
    id: 'suggestions',
    fromMenu: true,
    icon: MessageSquareDiff,
    Body: dynamic(() => import('./suggestions/SuggestionsPanel.tsx').then((part) => part.SuggestionsPanel), {
      ssr: false,
    }),
  },
  {
    id: 'links',
    icon: Waypoints,
    Body: dynamic(() => import('./tree/LinksPanel.tsx').then((part) => part.LinksPanel), { ssr: false }),
  },
  {
    id: 'history',
    icon: History,
    Body: dynamic(() => import('./history/HistoryPanel.tsx').then((part) => part.HistoryPanel), {
      ssr: false,
    }),
    // A reader sees what is, not what was taken out before they came.
    shown: ({ abilities }) => abilities.edit,
  },
];
