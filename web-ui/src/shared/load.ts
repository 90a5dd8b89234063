import { useComputed, useSignal, useSignalEffect, type ReadonlySignal, type Signal } from '@preact/signals';
import { useCallback, useEffect, useRef } from 'preact/hooks';
import { Problem, sessionEnded } from './api';
import { problemText, type Labels } from './problem-text';

export interface Loaded<T> {
  value: Signal<T | undefined>;
  problem: ReadonlySignal<string | undefined>;
  reload: () => Promise<void>;
}

const none: readonly string[] = [];

/** The problem in the current language of the page, even if that changes later. */
function useProblem(labels?: () => Labels) {
  const refusal = useSignal<{ of: unknown } | undefined>(undefined);
  const problem = useComputed(() => {
    if (!refusal.value || (isSignedOut(refusal.value.of) && !sessionEnded.value)) return undefined;
    return problemText(refusal.value.of, labels?.());
  });
  const fields = useComputed(() => {
    const of = refusal.value?.of;
    return of instanceof Problem ? of.violations.flatMap(({ field }) => field ?? []) : none;
  });
  return { refusal, problem, fields };
}

/** No longer true once somebody has signed in again. */
function isSignedOut(of: unknown): boolean {
  return of instanceof Problem && of.code === 'signed-out';
}

/**
 * Loads when the component is mounted and when its dependencies change; late responses are dropped.
 *
 * @param load may pass its signal on to a request, which is then given up as soon as nobody waits for it
 */
export function useLoaded<T>(
  load: (signal: AbortSignal) => Promise<T>,
  dependencies: readonly unknown[] = [],
): Loaded<T> {
  const value = useSignal<T | undefined>(undefined);
  const { refusal, problem } = useProblem();
  const newest = useRef<AbortController | undefined>(undefined);
  const reload = useCallback(async () => {
    newest.current?.abort();
    const mine = new AbortController();
    newest.current = mine;
    try {
      const loaded = await load(mine.signal);
      if (mine !== newest.current) return;
      value.value = loaded;
      refusal.value = undefined;
    } catch (of) {
      if (mine === newest.current && !mine.signal.aborted) refusal.value = { of };
    }
  }, dependencies);
  useEffect(() => {
    void reload();
    return () => newest.current?.abort();
  }, [reload]);
  useSignalEffect(() => {
    if (!sessionEnded.value && isSignedOut(refusal.peek()?.of)) void reload();
  });
  return { value, problem, reload };
}

/**
 * An action requested by a person: whether it is running, its result, and the fields that were refused.
 *
 * @param labels of the fields that the server may reject
 */
export function useAct(labels?: () => Labels) {
  const busy = useSignal(false);
  const { refusal, problem, fields } = useProblem(labels);
  const forget = () => (refusal.value = undefined);
  const run = async (act: () => Promise<void>) => {
    if (busy.peek()) return;
    busy.value = true;
    forget();
    try {
      await act();
    } catch (of) {
      refusal.value = { of };
    } finally {
      busy.value = false;
    }
  };
  return { busy, problem, fields, run, forget };
}

const settledAfter = 250;

/** What is typed at this moment, and what was typed once nobody has gone on for a moment, which is worth a request. */
export function useTyped<T>(first: T): { typed: Signal<T>; settled: Signal<T> } {
  const typed = useSignal(first);
  const settled = useSignal(first);
  useEffect(() => {
    const timer = setTimeout(() => (settled.value = typed.value), settledAfter);
    return () => clearTimeout(timer);
  }, [typed.value]);
  return { typed, settled };
}
