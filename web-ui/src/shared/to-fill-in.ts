const placeholder = /\[(?:name|number|date|time|email|phone|iban|id|card)\]|\{\{[^{}]{0,80}\}\}/;

/** What stands in a reply for a name or a number, and was masked or left open: no customer should read it. */
export function toBeFilledIn(text: string): string | undefined {
  return placeholder.exec(text)?.[0];
}
