import { effect } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { attributesOf, Host } from '../src/widget/host';

const origin = 'https://shop.example';
const page = { postMessage: () => undefined };

beforeEach(() => {
  vi.stubGlobal('parent', page);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

function says(data: unknown): void {
  const source = page as unknown as Window;
  window.dispatchEvent(new MessageEvent('message', { origin, source, data }));
}

describe('what a page says of a customer', () => {
  it('is news once, with the page, however often it is repeated', () => {
    const host = new Host(origin, 'en');
    const told: unknown[] = [];
    effect(() => {
      told.push([host.page.value, host.attributes.value]);
    });
    const attributes = '{"plan":"gold"}';
    says({ replyloop: 'start', page: '/tea', attributes });
    says({ replyloop: 'shown', page: '/tea', attributes });
    says({ page: '/tea', attributes });
    expect(told).toEqual([
      [undefined, undefined],
      [`${origin}/tea`, { plan: 'gold' }],
    ]);
    says({ attributes: '{}' });
    expect(host.attributes.value).toEqual({});
  });

  it('is not said of the next one, until it is said again', () => {
    const host = new Host(origin, 'en');
    says({ replyloop: 'start', attributes: '{"plan":"gold"}' });
    host.forgetAttributes();
    says({ replyloop: 'hidden', attributes: '' });
    expect(host.attributes.value).toBeUndefined();
    says({ attributes: '{"plan":"gold"}' });
    expect(host.attributes.value).toEqual({ plan: 'gold' });
  });

  it('stays where the page says nothing new of somebody who has only got another voucher', () => {
    const host = new Host(origin, 'en');
    says({ replyloop: 'start', attributes: '{"plan":"gold"}' });
    says({ replyloop: 'start', attributes: '' });
    expect(host.attributes.value).toEqual({ plan: 'gold' });
  });

  it('is left out where it is none of what can be kept', () => {
    const of = (said: unknown) => attributesOf(JSON.stringify(said));
    expect(of({ plan: 'gold', orders: 3, trial: false })).toEqual({ plan: 'gold', orders: 3, trial: false });
    expect(of({ list: ['a'], more: {}, none: null, kept: '' })).toEqual({ kept: '' });
    expect(of({ Plan: 'gold', 'a b': 1, ['a'.repeat(41)]: 1, ['a'.repeat(40)]: 1 })).toEqual({
      ['a'.repeat(40)]: 1,
    });
    expect(of({ long: '😀'.repeat(201), fits: '😀'.repeat(200) })).toEqual({ fits: '😀'.repeat(200) });
    const many = Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`a${String(index)}`, index]));
    expect(Object.keys(of(many))).toHaveLength(20);
  });

  it.each(['["a"]', 'null', '3', '"gold"', '{'])('is nothing where it is no object: %s', (text) => {
    expect(attributesOf(text)).toEqual({});
  });
});
