'use client';
import type { ReactElement } from 'react';
import { DialogTrigger, Modal, ModalOverlay, Pressable } from 'react-aria-components/Modal';
import type { DialogProps } from './Dialog.tsx';
import { DialogFrame } from './Dialog.tsx';
import { InLocale } from './InLocale.tsx';

export interface SheetProps extends Omit<DialogProps, 'size' | 'kind'> {
  /** The edge it slides from; on a phone it is always the bottom. */
  side?: 'end' | 'start' | 'bottom';
}

/** A panel over the edge of the page: details on a phone, filters, settings of one thing. */
export function Sheet({ trigger, open, onOpenChange, side = 'end', ...frame }: SheetProps) {
  const overlay = (
    <ModalOverlay
      className="p-veil p-veil-side"
      isDismissable
      {...(trigger ? {} : { isOpen: open, onOpenChange })}
    >
      <Modal className="p-drawer" data-side={side}>
        <DialogFrame {...frame} />
      </Modal>
    </ModalOverlay>
  );
  return (
    <InLocale>
      {trigger ? (
        <DialogTrigger isOpen={open} onOpenChange={onOpenChange}>
          <Pressable>{trigger as ReactElement<Record<string, unknown>, string>}</Pressable>
          {overlay}
        </DialogTrigger>
      ) : (
        overlay
      )}
    </InLocale>
  );
}
