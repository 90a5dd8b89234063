import { signal } from '@preact/signals';

const query = matchMedia('(max-width: 740px)');

/** Whether the screen shows one pane at a time; the style sheet asks for the same width. */
export const narrow = signal(query.matches);

query.addEventListener('change', ({ matches }) => (narrow.value = matches));
