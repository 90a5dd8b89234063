/** What the report is about, as it stands in the address: so that it can be kept and handed on. */
export interface Choice {
  from: string;
  to: string;
  language: string;
  category: string;
  agent: string;
}

const fields = ['from', 'to', 'language', 'category', 'agent'] as const;
const section = '#/reports/';

export function isoDay(date: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** So many days up to today. */
export function lastDays(days: number, now = new Date()): Pick<Choice, 'from' | 'to'> {
  const first = new Date(now.getFullYear(), now.getMonth(), now.getDate() - days + 1);
  return { from: isoDay(first), to: isoDay(now) };
}

export const usualDays = 30;

export function fromAddress(hash: string): Choice {
  const told = new URLSearchParams(hash.split('?')[1] ?? '');
  const choice = { ...lastDays(usualDays), language: '', category: '', agent: '' };
  for (const field of fields) choice[field] = told.get(field) ?? choice[field];
  return choice;
}

export function toAddress(choice: Choice): string {
  const told = new URLSearchParams();
  for (const field of fields) if (choice[field]) told.set(field, choice[field]);
  return `${section}?${told.toString()}`;
}

/** A date field is empty or of year 0002 while somebody types. */
export function isWhole({ from, to }: Choice): boolean {
  return /^2\d{3}-/.test(from) && /^2\d{3}-/.test(to) && from <= to;
}
