import {
  defaultRangeExtractor,
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
} from '@tanstack/virtual-core';
import { useLayoutEffect, useReducer, useState } from 'preact/hooks';

type List = Virtualizer<HTMLElement, HTMLElement>;

interface ListOptions {
  count: number;
  keyOf: (index: number) => string;
  scroller: () => HTMLElement | null;
  rowHeight: number;
  /** Rows that stay, however far away they are: the one with the focus must not disappear under it. */
  kept: number[];
}

/** Renders of a long list what is in sight and a little around it; the library has no adapter for Preact. */
export function useVirtualList({ count, keyOf, scroller, rowHeight, kept }: ListOptions): List {
  const [, show] = useReducer((times: number) => times + 1, 0);
  const options = {
    count,
    getItemKey: keyOf,
    getScrollElement: scroller,
    estimateSize: () => rowHeight,
    overscan: 8,
    rangeExtractor: (range: Parameters<typeof defaultRangeExtractor>[0]) =>
      [...new Set([...defaultRangeExtractor(range), ...kept])].sort((one, other) => one - other),
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    onChange: () => show(undefined),
  };
  const [list] = useState<List>(() => new Virtualizer(options));
  list.setOptions(options);
  useLayoutEffect(() => list._didMount(), [list]);
  useLayoutEffect(() => list._willUpdate());
  return list;
}
