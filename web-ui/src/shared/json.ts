/** Parses JSON; undefined if it is invalid: storage may be truncated, and a proxy may respond with something else. */
export function parsed<T>(text: string | null | undefined): T | undefined {
  if (!text) return undefined;
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}
