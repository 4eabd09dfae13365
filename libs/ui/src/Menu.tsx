'use client';
import type { ReactElement, ReactNode, RefObject } from 'react';
import {
  MenuItem as AriaItem,
  Menu as AriaMenu,
  MenuTrigger as AriaTrigger,
  Header,
  MenuSection,
  Popover,
  Pressable,
  Separator,
  SubmenuTrigger,
} from 'react-aria-components/Menu';
import { Glyph } from './Glyph.tsx';
import { InLocale } from './InLocale.tsx';
import { Kbd } from './Kbd.tsx';

export interface MenuAction {
  id: string;
  /** The words; also what typing finds when they are a string. */
  label: ReactNode;
  textValue?: string;
  icon?: ReactNode;
  shortcut?: string;
  /** A quiet second line. */
  note?: ReactNode;
  /** Goes somewhere instead of doing something. */
  href?: string;
  disabled?: boolean;
  danger?: boolean;
  onAction?: () => void;
  /** A menu inside the menu. */
  items?: readonly MenuAction[];
}

export interface MenuGroup {
  id: string;
  /** Shown above the group. */
  title?: ReactNode;
  /** Its name when there is no title. */
  label?: string;
  items: readonly MenuAction[];
  /** With `selected`, the items of the group are choices with a check. */
  choose?: 'one' | 'many';
  selected?: readonly string[];
  onChoose?: (ids: string[]) => void;
}

export interface MenuProps {
  /** One element with the look of a button: `Button`, `IconButton`. */
  trigger: ReactElement;
  /** Name of the menu; the trigger's own name when absent. */
  label?: string;
  /** Groups are parted by a line. */
  groups: readonly MenuGroup[];
  onAction?: (id: string) => void;
  /** Where it opens: at the start or the end edge of the trigger. */
  align?: 'start' | 'end';
  open?: boolean;
  defaultOpen?: boolean;
  onOpenChange?: (open: boolean) => void;
}

const textOf = (item: MenuAction) =>
  item.textValue ?? (typeof item.label === 'string' ? item.label : item.id);

function Line({ item }: { item: MenuAction }) {
  const row = (
    <AriaItem
      id={item.id}
      className="p-menu-item"
      textValue={textOf(item)}
      href={item.href}
      isDisabled={item.disabled}
      onAction={item.onAction}
      data-danger={item.danger || undefined}
    >
      {({ isSelected, selectionMode }) => (
        <>
          {selectionMode !== 'none' && (
            <span className="p-menu-check">{isSelected && <Glyph name="check" />}</span>
          )}
          {item.icon}
          <span className="p-menu-words">
            <span>{item.label}</span>
            {item.note && <span className="p-meta">{item.note}</span>}
          </span>
          {item.shortcut && <Kbd>{item.shortcut}</Kbd>}
          {item.items && <Glyph name="forward" flip />}
        </>
      )}
    </AriaItem>
  );
  if (!item.items) return row;
  return (
    <SubmenuTrigger>
      {row}
      <Popover className="p-float p-popover-bare" offset={2}>
        <AriaMenu className="p-menu">
          {item.items.map((one) => (
            <Line key={one.id} item={one} />
          ))}
        </AriaMenu>
      </Popover>
    </SubmenuTrigger>
  );
}

/** The lines of a menu, grouped. Exposed for context menus that open without a button. */
function Groups({ groups }: Pick<MenuProps, 'groups'>) {
  return groups.map((group, place) => [
    place > 0 && <Separator key={`${group.id}-line`} className="p-menu-line" />,
    <MenuSection
      key={group.id}
      id={group.id}
      selectionMode={group.choose ? (group.choose === 'one' ? 'single' : 'multiple') : 'none'}
      selectedKeys={group.selected}
      onSelectionChange={(keys) => group.onChoose?.(keys === 'all' ? [] : [...keys].map(String))}
      aria-label={group.title ? undefined : group.label}
    >
      {group.title && <Header className="p-menu-title">{group.title}</Header>}
      {group.items.map((item) => (
        <Line key={item.id} item={item} />
      ))}
    </MenuSection>,
  ]);
}

/** A button that opens a menu: arrows, letters, Escape, and the focus comes back. */
export function Menu({
  trigger,
  label,
  groups,
  onAction,
  align = 'start',
  open,
  defaultOpen,
  onOpenChange,
}: MenuProps) {
  return (
    <InLocale>
      <AriaTrigger isOpen={open} defaultOpen={defaultOpen} onOpenChange={onOpenChange}>
        <Pressable>{trigger as ReactElement<Record<string, unknown>, string>}</Pressable>
        <Popover
          className="p-float p-popover-bare"
          placement={align === 'end' ? 'bottom end' : 'bottom start'}
          offset={4}
        >
          <AriaMenu className="p-menu" aria-label={label} onAction={(key) => onAction?.(String(key))}>
            {Groups({ groups })}
          </AriaMenu>
        </Popover>
      </AriaTrigger>
    </InLocale>
  );
}

export interface MenuPopoverProps extends Pick<MenuProps, 'label' | 'groups' | 'onAction' | 'align'> {
  /** The element it opens beside and gives the focus back to. */
  triggerRef: RefObject<HTMLElement | null>;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** The menu alone, for a trigger that is drawn elsewhere. */
export function MenuPopover({
  triggerRef,
  open,
  onOpenChange,
  label,
  groups,
  onAction,
  align,
}: MenuPopoverProps) {
  return (
    <InLocale>
      <Popover
        className="p-float p-popover-bare"
        placement={align === 'end' ? 'bottom end' : 'bottom start'}
        offset={4}
        triggerRef={triggerRef}
        aria-label={label}
        isOpen={open}
        onOpenChange={onOpenChange}
      >
        <AriaMenu
          className="p-menu"
          aria-label={label}
          autoFocus="first"
          onAction={(key) => onAction?.(String(key))}
          onClose={() => onOpenChange(false)}
        >
          {Groups({ groups })}
        </AriaMenu>
      </Popover>
    </InLocale>
  );
}
