import { placesToFillIn } from './to-fill-in';

/** What is known of whoever writes and whoever reads; nothing for what is not. */
export interface Values {
  'customer.name'?: string;
  'customer.first_name'?: string;
  'agent.name'?: string;
  'agent.first_name'?: string;
}

/** What a reply may name. */
export const variables = ['customer.name', 'customer.first_name', 'agent.name', 'agent.first_name'] as const;

// As ReplyVariables of the server, which knows a filled text again.
const variable = /\{\{\s*([a-z_.]{1,40})\s*(?:\|([^{}]{0,60}))?\}\}/g;

/**
 * Fills the variables of a reply, such as {{customer.name|there}}. One that is not known gives way to its own text for
 * that case; where there is none, it stays, and is asked about before it is sent.
 */
export function filledIn(text: string, values: Values): string {
  return text.replace(variable, (whole: string, name: string, otherwise: string | undefined) => {
    const value = isVariable(name) ? values[name]?.trim() : undefined;
    return value || (otherwise?.trim() ?? whole);
  });
}

/** What whoever writes a reply has left open: variables that are filled in later are not. */
export function leftOpen(text: string): string | undefined {
  return placesToFillIn(text)[0]?.word ?? unknownVariables(text)[0];
}

/** Those that no text will ever stand for. */
export function unknownVariables(text: string): string[] {
  return [...text.matchAll(variable)].flatMap(([whole, name]) => (isVariable(name ?? '') ? [] : [whole]));
}

function isVariable(name: string): name is (typeof variables)[number] {
  return (variables as readonly string[]).includes(name);
}

/** What comes before the first space; a Chinese name is called whole. */
export function firstName(name: string | undefined): string | undefined {
  return name?.trim().split(/\s+/)[0];
}
