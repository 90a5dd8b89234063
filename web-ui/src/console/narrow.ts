import { signal } from '@preact/signals';

/** Whether the screen shows one pane at a time; the style sheet decides, and says so in a property. */
export const narrow = signal(false);

function look(): void {
  narrow.value = getComputedStyle(document.documentElement).getPropertyValue('--panes').trim() === 'one';
}

window.addEventListener('resize', look);
// Style sheets of a page that is still loading may come after its scripts.
window.addEventListener('load', look);
look();
