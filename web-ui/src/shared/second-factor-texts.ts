import { messages } from './messages';
import type { components } from './rest';

export const secondFactorTexts = messages<'team/second-factor'>(
  import.meta.glob('../messages/*/team/second-factor.json', { import: 'default' }),
);

export type SecondFactorSecret = components['schemas']['SecondFactorSecret'];

/** Labels of the fields that the server may reject. */
export function secondFactorLabels() {
  const { code, current } = secondFactorTexts();
  return { code, current };
}
