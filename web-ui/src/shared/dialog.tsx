import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

interface DialogProps {
  label: string;
  class?: string;
  closed: () => void;
  children: ComponentChildren;
}

/** A modal dialog; it is open as long as it is rendered. The browser keeps the focus in it and gives it back. */
export function Dialog({ label, class: name, closed, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  // Before the next key: what is typed right after a shortcut belongs into this window.
  useLayoutEffect(() => {
    const opener = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={name}
      aria-label={label}
      onClose={closed}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current?.close();
      }}
    >
      {children}
    </dialog>
  );
}
