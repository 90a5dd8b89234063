import { signal } from '@preact/signals';
import { recallJson, remember } from '../shared/storage';

/** Why a key cannot be had. */
export type KeyRefusal = { why: 'not-one' } | { why: 'taken'; by: string };

const storedAt = (agent: string) => `replyloop.console.${agent}.keys`;

let owner = '';

/** What this agent has made of the usual keys, by these; nothing for a key that is switched off. */
const own = signal<Readonly<Record<string, string>>>({});

/** Whether the agent has given this key to something. */
export const isMoved = (key: string): boolean => Object.values(own.peek()).includes(key);

/** In this browser, because a keyboard belongs to a desk. */
export function loadKeys(agent: string): void {
  owner = agent;
  const stored = recallJson<unknown>(storedAt(agent));
  const entries = typeof stored === 'object' && stored !== null ? Object.entries(stored) : [];
  own.value = Object.fromEntries(
    entries.filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1].length <= 1,
    ),
  );
}

/** The key that does what the usual one does; empty where it is switched off. */
export function keyFor(usual: string): string {
  return own.value[usual] ?? usual;
}

/** By what the pressed key is known; undefined for one that does nothing any more. */
export function usualFor(pressed: string): string | undefined {
  const moved = Object.entries(own.peek()).find(([, key]) => key === pressed)?.[0];
  if (moved !== undefined) return moved;
  return pressed in own.peek() ? undefined : pressed;
}

/**
 * Changes a key, or switches it off.
 *
 * @param usuals all keys that can be changed
 */
export function setKey(usual: string, key: string, usuals: string[]): KeyRefusal | undefined {
  // Digits insert suggestions, and a space scrolls.
  if (key !== '' && !/^[\x21-\x2f\x3a-\x7e]$/.test(key)) return { why: 'not-one' };
  const by = usuals.find((other) => other !== usual && key !== '' && keyFor(other) === key);
  if (by !== undefined) return { why: 'taken', by };
  const others = Object.fromEntries(Object.entries(own.peek()).filter(([known]) => known !== usual));
  keep(key === usual ? others : { ...others, [usual]: key });
  return undefined;
}

export function usualKeys(): void {
  keep({});
}

export function areUsual(): boolean {
  return Object.keys(own.value).length === 0;
}

function keep(keys: Readonly<Record<string, string>>): void {
  own.value = keys;
  remember(storedAt(owner), Object.keys(keys).length > 0 ? JSON.stringify(keys) : undefined);
}
