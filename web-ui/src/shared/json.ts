/** What a text says in JSON, where it does: storage may be cut off, and a proxy may answer in words of its own. */
export function parsed<T>(text: string | null | undefined): T | undefined {
  if (!text) return undefined;
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}
