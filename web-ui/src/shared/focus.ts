/**
 * When what has the focus goes away (a button that has done its work, a pane that a small screen hides), the focus goes
 * to the nearest region that is still there, and never to the body, where a reader would begin from the top. Regions
 * are what has tabindex -1, from the inside out, and then the panes. A button that is disabled while it does its work
 * loses the focus as well, and has it again afterwards.
 */
export function keepFocus(root: HTMLElement): () => void {
  let last: Element | undefined;
  let regions: HTMLElement[] = [];

  const taken = ({ target }: FocusEvent) => {
    if (!(target instanceof Element)) return;
    last = target;
    regions = [];
    for (let at = target.parentElement; at && root.contains(at); at = at.parentElement) {
      if (at.tabIndex === -1 && at.hasAttribute('tabindex')) regions.push(at);
    }
  };
  // A focus that somebody takes away leaves something behind that is still there.
  const left = ({ target }: FocusEvent) =>
    queueMicrotask(() => {
      if (last === target && !isGone(last) && !isDisabled(last)) last = undefined;
    });
  const check = (changes: MutationRecord[]) => {
    const active = document.activeElement;
    // Whether something is visible costs a layout, and only another pane can hide it.
    const hides = changes.some(({ attributeName }) => attributeName === 'data-pane');
    if (!last || (active && active !== document.body && active !== last)) return;
    if (last.isConnected && !(hides && isGone(last))) {
      if (active !== last && !isDisabled(last) && last instanceof HTMLElement)
        last.focus({ preventScroll: true });
      return;
    }
    last = undefined;
    const panes = root.querySelectorAll<HTMLElement>('main, .inbox, .context');
    [...regions, ...panes].find((region) => !isGone(region))?.focus({ preventScroll: true });
  };

  root.addEventListener('focusin', taken);
  root.addEventListener('focusout', left);
  const changes = new MutationObserver(check);
  changes.observe(root, { childList: true, subtree: true, attributeFilter: ['data-pane', 'disabled'] });
  return () => {
    root.removeEventListener('focusin', taken);
    root.removeEventListener('focusout', left);
    changes.disconnect();
  };
}

function isGone(element: Element | undefined): boolean {
  return !element?.isConnected || !element.checkVisibility();
}

function isDisabled(element: Element | undefined): boolean {
  return element?.matches(':disabled') ?? false;
}
