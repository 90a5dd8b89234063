import { describe, expect, it } from 'vitest';
import { toBeFilledIn } from '../src/shared/to-fill-in';
import { filledIn, firstName, leftOpen, unknownVariables } from '../src/shared/variables';

describe('variables of replies', () => {
  const values = { 'customer.name': 'Wei Li', 'customer.first_name': 'Wei', 'agent.name': 'Anna' };

  it.each([
    ['Hello {{customer.name|there}}!', 'Hello Wei Li!'],
    ['{{ customer.first_name }}, hello. {{agent.name}}', 'Wei, hello. Anna'],
    ['您好{{customer.name}}，', '您好Wei Li，'],
    ['no {{unknown|else}}', 'no else'],
    ['$& {{customer.name}}', '$& Wei Li'],
  ])('%s becomes %s', (text, filled) => {
    expect(filledIn(text, values)).toBe(filled);
  });

  it('give way to their own text, and are never empty without one', () => {
    expect(filledIn('Hello {{customer.name|there}}!', {})).toBe('Hello there!');
    expect(filledIn('Hello{{customer.name|}}!', { 'customer.name': ' ' })).toBe('Hello!');
    const open = filledIn('Hello {{customer.name}}!', {});
    expect(open).toBe('Hello {{customer.name}}!');
    expect(toBeFilledIn(open)).toBe('{{customer.name}}');
  });

  it('that nobody knows are named to whoever writes the reply', () => {
    expect(unknownVariables('{{customer.name}} {{order.number}} {{x|y}} {{}}')).toEqual([
      '{{order.number}}',
      '{{x|y}}',
    ]);
  });

  it('that are filled in later are not left open', () => {
    expect(leftOpen('{{customer.name|there}}')).toBeUndefined();
    expect(leftOpen('{{order.number}}')).toBe('{{order.number}}');
    expect(leftOpen('{{agent.name}} [number]')).toBe('[number]');
  });

  it('do not put the values of others into values', () => {
    expect(filledIn('{{customer.name}}', { 'customer.name': '{{agent.name}}', 'agent.name': 'Anna' })).toBe(
      '{{agent.name}}',
    );
  });

  it('call people by what comes before the first space', () => {
    expect(firstName(' Wei Li ')).toBe('Wei');
    expect(firstName('李伟')).toBe('李伟');
    expect(firstName(undefined)).toBeUndefined();
  });
});
