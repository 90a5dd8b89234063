import { useSignal } from '@preact/signals';
import { createContext, type ComponentChildren, type RefObject } from 'preact';
import { useContext, useLayoutEffect, useRef } from 'preact/hooks';
import { composing } from './composer';
import { isChanged } from './form';
import { messages } from './messages';

const dialogTexts = messages<'team/dialog'>(
  import.meta.glob('../messages/*/team/dialog.json', { import: 'default' }),
);

const Leave = createContext<(then?: () => void) => void>(() => undefined);

/**
 * Asks before a part of the page is left with something that would be lost.
 *
 * @param unsaved whether something would be lost besides the content of its forms
 */
function useLeaving(part: RefObject<HTMLElement | null>, closed: () => void, unsaved?: () => boolean) {
  /** What to do once the loss has been confirmed. */
  const asking = useSignal<{ then: () => void } | undefined>(undefined);
  const stay = () => (asking.value = undefined);
  const leave = (then = closed) => {
    const forms = [...(part.current?.querySelectorAll('form') ?? [])];
    const loses = unsaved?.() || forms.some(isChanged);
    // Reopened for each question, because the previous one may be covered by this dialog now.
    asking.value = loses ? { then } : undefined;
    if (!loses) then();
  };
  const leaveAfterAll = () => {
    const then = asking.peek()?.then;
    stay();
    then?.();
  };
  const question = asking.value && <Leaving key={asking.value} stay={stay} leave={leaveAfterAll} />;
  return { leave, question };
}

interface LeavableProps {
  part: RefObject<HTMLElement | null>;
  label: string;
  class?: string;
  closed: () => void;
  children: ComponentChildren;
}

/** A part of the page with a form, from which a LeaveButton leads away as from a dialog. */
export function Leavable({ part, label, class: name, closed, children }: LeavableProps) {
  const { leave, question } = useLeaving(part, closed);
  return (
    <section ref={part} class={name} aria-label={label} tabIndex={-1}>
      <Leave.Provider value={leave}>{children}</Leave.Provider>
      {question}
    </section>
  );
}

interface DialogProps {
  label: string;
  class?: string;
  closed: () => void;
  /** Whether something would be lost besides the content of its forms. */
  unsaved?: () => boolean;
  children: ComponentChildren;
}

/**
 * A modal dialog, open as long as it is rendered. The browser traps the focus and restores it. Leaving asks for
 * confirmation if entered data would be lost.
 */
export function Dialog({ label, class: name, closed, unsaved, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { leave, question } = useLeaving(dialog, closed, unsaved);
  const begunOutside = useRef(false);
  const isLeft = useRef(false);
  // Before the next key press, because what is typed right after a shortcut belongs in this dialog.
  useLayoutEffect(() => {
    const opener = document.activeElement;
    const shown = dialog.current;
    shown?.showModal();
    return () => {
      isLeft.current = true;
      // As long as it is modal, nothing behind it can have the focus.
      shown?.close();
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={name}
      aria-label={label}
      onClose={() => {
        if (isLeft.current) return;
        // If the browser closes it without asking first, as after pressing Escape twice.
        dialog.current?.showModal();
        leave();
      }}
      onCancel={(event) => {
        if (event.target !== dialog.current) return;
        event.preventDefault();
        leave();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented || composing(event)) return;
        event.preventDefault();
        leave();
      }}
      onMouseDown={(event) => (begunOutside.current = isOutside(dialog.current, event))}
      onClick={(event) => {
        if (begunOutside.current && isOutside(dialog.current, event)) leave();
      }}
    >
      <Leave.Provider value={leave}>{children}</Leave.Provider>
      {question}
    </dialog>
  );
}

/** Outside the dialog rather than on its border; a mouse selection may end there, but does not start there. */
function isOutside(dialog: HTMLDialogElement | null, { target, clientX, clientY }: MouseEvent): boolean {
  if (!dialog || target !== dialog) return false;
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}

/** Asks before something is lost. */
export function Leaving({ stay, leave }: { stay: () => void; leave: () => void }) {
  const t = dialogTexts();
  return (
    <Dialog label={t.leave} closed={stay}>
      <div class="stack">
        <h2>{t.leave}</h2>
        <p>{t.lost}</p>
        <div class="row">
          <button type="button" class="button primary" autofocus onClick={stay}>
            {t.stay}
          </button>
          <button type="button" class="button" onClick={leave}>
            {t.discard}
          </button>
        </div>
      </div>
    </Dialog>
  );
}

interface LeaveButtonProps {
  class?: string;
  /** Where the text alone does not tell it from others. */
  label?: string;
  disabled?: boolean;
  /** Instead of closing the dialog: another action that also loses what has been entered. */
  then?: () => void;
  children: ComponentChildren;
}

/** Leaves the surrounding dialog, like Escape. */
export function LeaveButton({ class: name = 'button', label, disabled, then, children }: LeaveButtonProps) {
  const leave = useContext(Leave);
  return (
    <button type="button" class={name} aria-label={label} disabled={disabled} onClick={() => leave(then)}>
      {children}
    </button>
  );
}
