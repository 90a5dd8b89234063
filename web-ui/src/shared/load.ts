import { useSignal, type Signal } from '@preact/signals';
import { useCallback, useEffect, useRef } from 'preact/hooks';
import { problemText } from './problems';

export interface Loaded<T> {
  value: Signal<T | undefined>;
  problem: Signal<string | undefined>;
  reload: () => Promise<void>;
}

/** Loads when the component appears and when what it depends on changes; an answer that comes late is dropped. */
export function useLoaded<T>(load: () => Promise<T>, dependencies: readonly unknown[] = []): Loaded<T> {
  const value = useSignal<T | undefined>(undefined);
  const problem = useSignal<string | undefined>(undefined);
  const newest = useRef(0);
  const reload = useCallback(async () => {
    const mine = ++newest.current;
    try {
      const loaded = await load();
      if (mine !== newest.current) return;
      value.value = loaded;
      problem.value = undefined;
    } catch (refusal) {
      if (mine === newest.current) problem.value = problemText(refusal);
    }
  }, dependencies);
  useEffect(() => void reload(), [reload]);
  return { value, problem, reload };
}

/** Something that a person has asked for: busy while it runs, and what came of it. */
export function useAct() {
  const busy = useSignal(false);
  const problem = useSignal<string | undefined>(undefined);
  const run = async (act: () => Promise<void>) => {
    if (busy.peek()) return;
    busy.value = true;
    problem.value = undefined;
    try {
      await act();
    } catch (refusal) {
      problem.value = problemText(refusal);
    } finally {
      busy.value = false;
    }
  };
  return { busy, problem, run };
}
