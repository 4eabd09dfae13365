'use client';
import type { ReactNode } from 'react';
import { Collection } from 'react-aria-components/Collection';
import { Tree as AriaTree, Button, TreeItem, TreeItemContent } from 'react-aria-components/Tree';
import { Glyph } from './Glyph.tsx';
import { InLocale } from './InLocale.tsx';

export interface TreeNode {
  id: string;
  label: string;
  icon?: ReactNode;
  href?: string;
  /** Absent: a leaf. Empty: it can open, what is inside is still to come. */
  items?: readonly TreeNode[];
  /** Something at the end of the line: a count, a badge. */
  end?: ReactNode;
}

export interface TreeProps {
  label: string;
  items: readonly TreeNode[];
  /** The line where I am. */
  current?: string;
  /** A press or Enter on a line without `href`. */
  onAction?: (id: string) => void;
  expanded?: readonly string[];
  defaultExpanded?: readonly string[];
  onExpand?: (ids: string[]) => void;
  /** Said in place of children that are still to come. */
  loading?: ReactNode;
  empty?: ReactNode;
}

interface LineProps extends Pick<TreeProps, 'current' | 'loading'> {
  node: TreeNode;
}

function Line({ node, current, loading }: LineProps) {
  return (
    <TreeItem
      id={node.id}
      className="p-item p-tree-line"
      textValue={node.label}
      href={node.href}
      hasChildItems={node.items !== undefined}
      data-current={node.id === current || undefined}
    >
      <TreeItemContent>
        {({ hasChildItems, level }) => (
          <>
            <span className="p-tree-indent" style={{ inlineSize: `${(level - 1) * 16}px` }} />
            {hasChildItems ? (
              <Button slot="chevron" className="p-tree-turn">
                <Glyph name="forward" size="xs" flip />
              </Button>
            ) : (
              <span className="p-tree-turn" />
            )}
            {node.icon}
            <bdi className="p-cut p-grow">{node.label}</bdi>
            {node.id === current && <span className="p-sr" aria-current="page" />}
            {node.end}
          </>
        )}
      </TreeItemContent>
      {node.items?.length === 0 && loading ? (
        <TreeItem id={`${node.id}/loading`} className="p-item p-tree-line" textValue={node.label} isDisabled>
          <TreeItemContent>{() => <span className="p-meta p-tree-loading">{loading}</span>}</TreeItemContent>
        </TreeItem>
      ) : (
        <Collection items={node.items ?? []}>
          {(child) => <Line node={child} current={current} loading={loading} />}
        </Collection>
      )}
    </TreeItem>
  );
}

/** Things inside things: arrows open and close, letters find. */
export function Tree({
  label,
  items,
  current,
  onAction,
  expanded,
  defaultExpanded,
  onExpand,
  loading,
  empty,
}: TreeProps) {
  return (
    <InLocale>
      <AriaTree
        className="p-tree"
        aria-label={label}
        items={items}
        dependencies={[current, loading]}
        selectionMode="none"
        onAction={onAction ? (key) => onAction(String(key)) : undefined}
        expandedKeys={expanded}
        defaultExpandedKeys={defaultExpanded}
        onExpandedChange={(keys) => onExpand?.([...keys].map(String))}
        renderEmptyState={() => <div className="p-opts-none">{empty}</div>}
      >
        {(node) => <Line node={node} current={current} loading={loading} />}
      </AriaTree>
    </InLocale>
  );
}
