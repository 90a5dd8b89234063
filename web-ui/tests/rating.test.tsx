import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseLanguage } from '../src/shared/language';
import { Rating } from '../src/widget/rating';
import { conversation, customerBench, message, welcome } from './customer-bench';

describe('the question how it was', () => {
  const bench = customerBench();
  let root: HTMLElement;

  beforeEach(async () => {
    root = document.body.appendChild(document.createElement('div'));
    await bench.connected(welcome(2, { status: 'resolved' }));
    bench.server.wire.says(message(1, 'Hello'));
    bench.server.wire.says({
      ...message(2, ''),
      kind: 'status',
      status: 'resolved',
      text: undefined,
      author: { kind: 'agent', name: 'Ada' },
    });
    void act(() => render(<Rating client={bench.client} resolution={2} />, root));
  });

  afterEach(() => {
    void act(() => render(null, root));
    root.remove();
    chooseLanguage('en');
  });

  const rates = () => bench.server.wire.heard().filter(({ type }) => type === 'rate');
  const button = (name: string) =>
    [...root.querySelectorAll('button')].find(({ textContent }) => textContent.trim() === name);
  const press = (name: string) => void act(() => button(name)?.click());
  const choose = (score: number) =>
    void act(() => root.querySelectorAll<HTMLInputElement>('input')[score - 1]?.click());
  const stored = (frame: object) =>
    void act(() => bench.server.wire.says({ type: 'rated', resolution: 2, ...frame }));

  it('has a name in words for each score', () => {
    expect(root.querySelector('legend')?.textContent).toBe('How was this conversation?');
    expect([...root.querySelectorAll('input')].map((input) => input.getAttribute('aria-label'))).toEqual([
      '1 of 5: Very bad',
      '2 of 5: Bad',
      '3 of 5: So-so',
      '4 of 5: Good',
      '5 of 5: Very good',
    ]);
    void act(() => chooseLanguage('zh'));
    expect(root.querySelector('legend')?.textContent).toBe('您对本次对话满意吗？');
  });

  it('sends a score with a comment once, and thanks when it is stored', () => {
    expect(button('Send rating')).toBeUndefined();
    choose(4);
    const area = root.querySelector('textarea');
    void act(() => {
      if (!area) throw new Error('a comment can be written');
      area.value = '  Kind. ';
      area.dispatchEvent(new Event('input', { bubbles: true }));
    });
    press('Send rating');
    press('Sending…');
    const sent = rates();
    expect(sent).toMatchObject([{ conversation, resolution: 2, score: 4, comment: 'Kind.' }]);
    void act(() =>
      bench.server.wire.says({ type: 'ack', id: sent[0]?.['id'], sequence: 2, at: 'now', conversation: 'c' }),
    );
    stored({ score: 4, comment: 'Kind.', changeableUntil: '2999-01-01T00:00:00Z' });
    expect(root.textContent).toContain('Thank you. You said: Good');
  });

  it('can be answered anew as long as the server allows it', () => {
    stored({ score: 2, changeableUntil: '2999-01-01T00:00:00Z' });
    press('Change my rating');
    expect(root.querySelectorAll<HTMLInputElement>('input')[1]?.checked).toBe(true);
    expect(button('No, thanks')).toBeUndefined();
    choose(5);
    press('Send rating');
    expect(rates()).toMatchObject([{ score: 5 }]);

    stored({ score: 5, changeableUntil: '2000-01-01T00:00:00Z' });
    expect(button('Change my rating')).toBeUndefined();
  });

  it('goes away for good when somebody would rather not say', () => {
    press('No, thanks');
    expect(rates()).toMatchObject([{ resolution: 2 }]);
    expect(root.textContent).toBe('');
    stored({});
    expect(root.textContent).toBe('');
  });

  it('says why a rating is refused, and keeps it', () => {
    choose(1);
    press('Send rating');
    const [sent] = rates();
    void act(() =>
      bench.server.wire.says({ type: 'problem', code: 'conflict', message: 'too late', id: sent?.['id'] }),
    );
    expect(root.querySelector('[role="alert"]')?.textContent).toBeTruthy();
    expect(root.querySelectorAll<HTMLInputElement>('input')[0]?.checked).toBe(true);
    press('Send rating');
    expect(rates()).toMatchObject([{ score: 1 }]);
  });
});
