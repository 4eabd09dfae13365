'use client';
import type { ComponentProps, DragEvent, ReactNode } from 'react';
import { useRef, useState } from 'react';
import { Glyph } from './Glyph.tsx';

export interface DropZoneProps extends Omit<ComponentProps<'div'>, 'onDrop'> {
  /** Files in the order they were dropped; folders are left to `onItems`. */
  onFiles: (files: File[]) => void;
  /** The raw entries, for callers that walk folders; when given, `onFiles` is not called for a drop. */
  onItems?: (items: DataTransferItem[]) => void;
  /** What is said over the place while files are held above it. */
  words: ReactNode;
  disabled?: boolean;
  children: ReactNode;
}

const carriesFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');

/** A place on which files can be dropped. The same must always be possible with a `FileButton`. */
export function DropZone({ onFiles, onItems, words, disabled, children, className, ...rest }: DropZoneProps) {
  const [over, setOver] = useState(false);
  const depth = useRef(0);
  const move = (event: DragEvent, step: number) => {
    if (disabled || !carriesFiles(event)) return;
    event.preventDefault();
    depth.current = Math.max(0, depth.current + step);
    setOver(depth.current > 0);
  };
  const drop = (event: DragEvent) => {
    if (disabled || !carriesFiles(event)) return;
    event.preventDefault();
    depth.current = 0;
    setOver(false);
    if (onItems) onItems([...event.dataTransfer.items]);
    else onFiles([...event.dataTransfer.files]);
  };
  return (
    <div
      {...rest}
      className={className ? `p-drop ${className}` : 'p-drop'}
      data-over={over || undefined}
      onDragEnter={(event) => move(event, 1)}
      onDragOver={(event) => move(event, 0)}
      onDragLeave={(event) => move(event, -1)}
      onDrop={drop}
    >
      {children}
      {over && (
        <div className="p-drop-words">
          <Glyph name="upload" size="m" />
          {words}
        </div>
      )}
    </div>
  );
}

export interface FileButtonProps {
  onFiles: (files: File[]) => void;
  children: ReactNode;
  icon?: ReactNode;
  kind?: 'plain' | 'main' | 'quiet';
  accept?: string;
  multiple?: boolean;
  disabled?: boolean;
}

/** A button that opens the system's file chooser. */
export function FileButton({
  onFiles,
  children,
  icon,
  kind,
  accept,
  multiple = true,
  disabled,
}: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        className="p-btn"
        data-kind={kind}
        disabled={disabled}
        onClick={() => input.current?.click()}
      >
        {icon}
        {children}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept={accept}
        multiple={multiple}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
    </>
  );
}
