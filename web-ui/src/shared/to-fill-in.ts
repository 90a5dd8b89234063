const placeholder = /\[(?:name|number|date|time|email|phone|iban|id|card)\]/g;
/** A variable for which nothing is known. */
const variable = /\{\{[^{}]{0,80}\}\}/;

/** What stands in a reply for a name or a number, and was masked or left open: no customer should read it. */
export function toBeFilledIn(text: string): string | undefined {
  return placesToFillIn(text)[0]?.word ?? variable.exec(text)?.[0];
}

/** All of it, in its order. */
export function placesToFillIn(text: string): { word: string; start: number }[] {
  return [...text.matchAll(placeholder)].map((found) => ({ word: found[0], start: found.index }));
}
