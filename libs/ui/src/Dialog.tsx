'use client';
import { type ReactElement, type ReactNode, type RefObject, useEffect, useRef } from 'react';
import {
  Dialog as AriaDialog,
  DialogTrigger,
  Heading,
  Modal,
  ModalOverlay,
  Pressable,
} from 'react-aria-components/Modal';
import { Glyph } from './Glyph.tsx';
import { IconButton } from './IconButton.tsx';
import { InLocale } from './InLocale.tsx';

type Content = ReactNode | ((close: () => void) => ReactNode);

export interface DialogProps {
  title: ReactNode;
  children: Content;
  /** Buttons at the end; the main one last. */
  actions?: Content;
  /** Name of the closing cross; without it there is no cross (a question that must be answered). */
  closeLabel?: string;
  /** `alert` for what cannot be undone: a press outside does not close it. */
  kind?: 'plain' | 'alert';
  size?: 'm' | 'l';
  /** Opened by this element… */
  trigger?: ReactElement;
  /** …or from outside. */
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}

const fill = (content: Content, close: () => void) =>
  typeof content === 'function' ? content(close) : content;

/**
 * What held the focus may leave the dialog (an answered line of a list): the browser then lets the focus fall to the page
 * behind, where Escape is not heard. It stays inside instead.
 */
function useKeptFocus(dialog: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const node = dialog.current;
    if (!node) return;
    const watch = new MutationObserver((changes) => {
      const fell = document.activeElement === null || document.activeElement === document.body;
      const removed = changes.some((change) => change.removedNodes.length > 0);
      // A dialog over this one makes it inert: then the focus is that one's affair.
      if (fell && removed && node.closest('[inert], [aria-hidden="true"]') === null) node.focus();
    });
    watch.observe(node, { childList: true, subtree: true });
    return () => watch.disconnect();
  }, [dialog]);
}

type FrameProps = Pick<DialogProps, 'title' | 'children' | 'actions' | 'closeLabel' | 'kind'>;

/** Title, content that scrolls, actions that stay: inside a dialog or a sheet. */
export function DialogFrame({ title, children, actions, closeLabel, kind }: FrameProps) {
  const dialog = useRef<HTMLElement>(null);
  useKeptFocus(dialog);
  return (
    <AriaDialog ref={dialog} className="p-dialog-in" role={kind === 'alert' ? 'alertdialog' : 'dialog'}>
      {({ close }) => (
        <>
          <header className="p-dialog-head">
            <Heading slot="title" className="p-dialog-title">
              {title}
            </Heading>
            {closeLabel && (
              <IconButton label={closeLabel} onClick={close} tipAlign="end">
                <Glyph name="close" size="m" />
              </IconButton>
            )}
          </header>
          <div className="p-dialog-body">{fill(children, close)}</div>
          {actions && <footer className="p-dialog-foot">{fill(actions, close)}</footer>}
        </>
      )}
    </AriaDialog>
  );
}

/** A dialog over the page: the focus enters, stays, and returns; Escape closes. */
export function Dialog({ trigger, open, onOpenChange, size = 'm', kind = 'plain', ...frame }: DialogProps) {
  const overlay = (
    <ModalOverlay
      className="p-veil"
      isDismissable={kind === 'plain'}
      {...(trigger ? {} : { isOpen: open, onOpenChange })}
    >
      <Modal className="p-dialog" data-size={size}>
        <DialogFrame kind={kind} {...frame} />
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
