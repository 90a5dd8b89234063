import { signal, type Signal } from '@preact/signals';
import { composing } from '../shared/composer';
import { recall, remember } from '../shared/storage';
import { askToHandOver } from './handover';
import { toggleResolved } from './advance';
import { ask, chooseOpen, endChoice, toggleSpam } from './inbox-acts';
import { loadKeys, usualFor, isMoved } from './own-keys';
import { searchField } from './search';
import { askToReject, rejectBecause } from './suggestion-card';
import { undoSend } from './undo-send';
import type { Workspace } from './workspace';

export type Overlay = 'palette' | 'help' | undefined;

const offKey = 'replyloop.console.single-keys-off';

/** Single keys disturb people who dictate: they can be switched off (WCAG 2.1.4). */
export const singleKeys = signal(recall(offKey) === undefined);

export function switchSingleKeys(on: boolean): void {
  singleKeys.value = on;
  remember(offKey, on ? undefined : 'off');
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
}

export function listenToKeys(workspace: Workspace, overlay: Signal<Overlay>): () => void {
  loadKeys(workspace.me.id);
  const pressed = (event: KeyboardEvent) => {
    if (composing(event) || event.defaultPrevented) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      overlay.value = overlay.value === 'palette' ? undefined : 'palette';
      return;
    }
    if (event.ctrlKey || event.metaKey || isAsking(workspace, overlay)) return;
    // Also in a list of emoji, which is no window of its own.
    if (event.target instanceof Element && event.target.closest('[role=dialog]')) return;
    const writing = isField(event.target);
    if (!writing && !event.altKey && event.key.length === 1 && typesAhead(workspace, event.key)) {
      event.preventDefault();
      return;
    }
    if (event.key === 'Escape') {
      if (writing && event.target instanceof HTMLElement) leave(event.target);
      else if (workspace.rejecting.peek() !== undefined) workspace.rejecting.value = undefined;
      else if (workspace.contextShown.peek()) workspace.contextShown.value = false;
      else endChoice(workspace);
      return;
    }
    // By its place on the keyboard: with Alt or Shift the key gives another character.
    const digit = isMoved(event.key) ? undefined : /^(?:Digit|Numpad)([1-4])$/.exec(event.code)?.[1];
    if (digit && !writing && !event.altKey && singleKeys.peek() && rejectBecause(workspace, Number(digit))) {
      event.preventDefault();
      return;
    }
    if (digit && (event.altKey || (!writing && singleKeys.peek()))) {
      const item = workspace.items.peek()[Number(digit) - 1];
      if (!item) return;
      event.preventDefault();
      if (event.shiftKey) workspace.accept(item);
      else workspace.edit(item);
      return;
    }
    // By its place, too: on a Mac, Alt makes another letter of it.
    if (event.altKey && event.code === 'KeyU' && undoSend(workspace)) event.preventDefault();
    if (writing || event.altKey || !singleKeys.peek()) return;
    const usual = usualFor(event.key);
    const action = usual === undefined ? undefined : actions(workspace, overlay)[usual];
    if (!action) return;
    event.preventDefault();
    action();
  };
  window.addEventListener('keydown', pressed);
  return () => window.removeEventListener('keydown', pressed);
}

/** By what is wanted and not only by what stands on the page: a window opens a moment after the key that asks for it. */
function isAsking({ replacement, question, inbox }: Workspace, overlay: Signal<Overlay>): boolean {
  const wanted = overlay.peek() ?? replacement.peek() ?? question.peek() ?? inbox.asking.peek();
  return wanted !== undefined || document.querySelector('dialog[open]') !== null;
}

/** A letter on its way to the editor, which is not there yet, is text and no shortcut. */
function typesAhead(workspace: Workspace, key: string): boolean {
  const thread = workspace.thread.peek();
  if (!thread || !workspace.editorAwaited.peek()) return false;
  workspace.write(workspace.drafts.of(thread.id).peek().text + key);
  return true;
}

/** By their usual keys. */
function actions(workspace: Workspace, overlay: Signal<Overlay>): Record<string, () => void> {
  return {
    j: () => workspace.step(1),
    k: () => workspace.step(-1),
    r: () => writeAs(workspace, 'reply'),
    n: () => writeAs(workspace, 'note'),
    t: () => workspace.toggleTake(),
    a: () => askToHandOver(workspace),
    e: () => toggleResolved(workspace),
    d: () => askToReject(workspace),
    u: () => undoSend(workspace),
    l: () => ask(workspace, 'label'),
    p: () => ask(workspace, 'priority'),
    z: () => ask(workspace, 'snooze'),
    s: () => toggleSpam(workspace),
    x: () => chooseOpen(workspace),
    f: () => document.getElementById(searchField)?.focus(),
    '?': () => (overlay.value = 'help'),
  };
}

/** For the pane that the field is in, because a reader without a focus begins at the top of the page. */
function leave(field: HTMLElement): void {
  const pane = field.closest<HTMLElement>('[tabindex="-1"]');
  if (pane) pane.focus({ preventScroll: true });
  else field.blur();
}

export function writeAs(workspace: Workspace, mode: 'reply' | 'note'): void {
  const id = workspace.selected.peek();
  if (id === undefined) return;
  workspace.drafts.write(id, { mode });
  workspace.toEditor();
}
