'use client';
import type { RefObject } from 'react';
import { ListBox, ListBoxItem, Text } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Glyph } from './Glyph.tsx';
import { InLocale } from './InLocale.tsx';
import type { SelectOption } from './Select.tsx';

interface SelectOptionsProps {
  /** The button it opens below and gives the focus back to. */
  triggerRef: RefObject<HTMLElement | null>;
  /** Of the element that names the list. */
  labelId: string;
  options: readonly SelectOption[];
  chosen: string | null;
  onChoose: (id: string) => void;
  onClose: () => void;
}

/** The list of a select. It is fetched when the pointer or the focus comes near the button. */
export function SelectOptions({
  triggerRef,
  labelId,
  options,
  chosen,
  onChoose,
  onClose,
}: SelectOptionsProps) {
  return (
    <InLocale>
      <Popover
        className="p-float p-popover-bare"
        trigger="Select"
        placement="bottom start"
        offset={4}
        triggerRef={triggerRef}
        aria-labelledby={labelId}
        isOpen
        onOpenChange={(open) => !open && onClose()}
      >
        <ListBox
          className="p-opts"
          items={options}
          aria-labelledby={labelId}
          autoFocus={chosen === null ? 'first' : true}
          selectionMode="single"
          selectedKeys={chosen === null ? [] : [chosen]}
          // To choose what is chosen takes it out of the keys: the list closes and nothing changes.
          onSelectionChange={(keys) => {
            onClose();
            for (const key of keys) onChoose(String(key));
          }}
        >
          {(option) => <OptionLine option={option} />}
        </ListBox>
      </Popover>
    </InLocale>
  );
}

/** A line of a select or of a combo box. */
export function OptionLine({ option }: { option: SelectOption }) {
  return (
    <ListBoxItem id={option.id} className="p-opt" textValue={option.label} isDisabled={option.disabled}>
      {({ isSelected }) => (
        <>
          {option.icon}
          <span className="p-menu-words">
            <Text slot="label">{option.label}</Text>
            {option.note && (
              <Text slot="description" className="p-meta">
                {option.note}
              </Text>
            )}
          </span>
          {isSelected && (
            <span className="p-menu-check">
              <Glyph name="check" />
            </span>
          )}
        </>
      )}
    </ListBoxItem>
  );
}
