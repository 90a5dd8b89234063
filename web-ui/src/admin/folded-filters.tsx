import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { count } from '../shared/language';
import { adminTexts } from './texts';

/** Filters beside a search. A narrow screen has them behind a button, which says how many are set. */
export function FoldedFilters({ given, children }: { given: number; children: ComponentChildren }) {
  const t = adminTexts();
  const isOpen = useSignal(false);
  const id = useId();
  return (
    <>
      <button
        type="button"
        class="button filters-button"
        aria-expanded={isOpen.value}
        aria-controls={id}
        onClick={() => (isOpen.value = !isOpen.value)}
      >
        {given === 0 ? t.filters : t.filtersGiven({ number: count(given) })}
      </button>
      <div id={id} class={isOpen.value ? 'folded-filters open' : 'folded-filters'}>
        {children}
      </div>
    </>
  );
}
