/**
 * A storage that is gone with the page. The preview has the address of the administration, so what is chosen in it would
 * else be chosen for the admin's own pages.
 */
export function storageOfItsOwn(): Storage {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
  };
}

/** For everything that this page loads from now on. */
export function keepsNothing(): void {
  for (const name of ['localStorage', 'sessionStorage'] as const)
    Object.defineProperty(window, name, { value: storageOfItsOwn(), configurable: true });
}
