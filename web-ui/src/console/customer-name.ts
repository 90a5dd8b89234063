import type { Summary } from '../shared/frames';
import { consoleTexts } from './texts';

export function customerName({ customer }: Pick<Summary, 'customer'>): string {
  return customer.name ?? consoleTexts().visitor({ id: customer.id.slice(-4).toUpperCase() });
}
