/**
 * Whether a key press means 'send'. Input methods use Enter to accept a composition, which must never send. Safari
 * reports that Enter as key code 229 after the composition has ended.
 */
export function meansSend(event: KeyboardEvent): boolean {
  if (event.key !== 'Enter' || event.shiftKey || event.altKey || composing(event)) return false;
  return event.ctrlKey || event.metaKey || !matchMedia('(pointer: coarse)').matches;
}

export function composing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

/** Grows with its text; browsers with field-sizing do so on their own. */
export function fitHeight(area: HTMLTextAreaElement | null): void {
  if (!area || CSS.supports('field-sizing', 'content')) return;
  area.style.height = 'auto';
  area.style.height = `${String(area.scrollHeight + 2)}px`;
}
