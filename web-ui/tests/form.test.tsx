import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseLanguage } from '../src/shared/language';
import { PreChatForm, type AskedField } from '../src/widget/form';
import { customerBench, welcome } from './customer-bench';

const fields: AskedField[] = [
  { key: 'n', kind: 'name', required: true },
  { key: 'e', kind: 'email', required: false },
  {
    key: 't',
    kind: 'topic',
    required: true,
    labelEn: 'What is it about?',
    options: [
      { en: 'Delivery', zh: '配送' },
      { en: 'Returns', zh: '' },
    ],
  },
  { key: 'c', kind: 'consent', required: true, labelEn: 'You may keep this.' },
];

describe('a form before the chat', () => {
  const bench = customerBench();
  let root: HTMLElement;

  beforeEach(async () => {
    root = document.body.appendChild(document.createElement('div'));
    await bench.connected();
    void act(() => render(<PreChatForm client={bench.client} fields={fields} />, root));
  });

  afterEach(() => {
    void act(() => render(null, root));
    root.remove();
    chooseLanguage('en');
  });

  const field = (label: string) => {
    const found = [...root.querySelectorAll('label')].find(({ textContent }) => textContent.trim() === label);
    const target = found?.htmlFor
      ? root.querySelector(`#${CSS.escape(found.htmlFor)}`)
      : found?.querySelector('input');
    if (!target) throw new Error(`no field ${label}`);
    return target as HTMLInputElement;
  };
  const write = (label: string, value: string) =>
    void act(() => {
      field(label).value = value;
      field(label).dispatchEvent(new Event(label.startsWith('What') ? 'change' : 'input', { bubbles: true }));
    });
  const start = () => void act(() => root.querySelector('form')?.requestSubmit());
  const wrong = () => [...root.querySelectorAll('span.wrong')].map(({ textContent }) => textContent);
  const again = async (frame = welcome()) => {
    await vi.advanceTimersByTimeAsync(500);
    await bench.opens();
    bench.server.wire.heard();
    bench.server.wire.says(frame);
  };
  const forms = () => bench.server.wire.heard().filter(({ type }) => type === 'form');

  it('says beside each field what is wrong, for eyes and ears, and sends nothing', () => {
    expect(wrong()).toEqual([]);
    write('Your e-mail address (optional)', 'nowhere');
    start();
    expect(wrong()).toEqual([
      'Please fill this in.',
      'This does not look like an e-mail address.',
      'Please choose one.',
      'Please agree to this to start the chat.',
    ]);
    expect(root.querySelector('[role="alert"]')?.textContent).toBe('4 fields need a look.');
    const name = field('Your name');
    expect(name.getAttribute('aria-invalid')).toBe('true');
    expect(
      root.querySelector(`#${CSS.escape(name.getAttribute('aria-describedby') ?? '')}`)?.textContent,
    ).toBe('Please fill this in.');
    expect(document.activeElement).toBe(name);
    expect(forms()).toEqual([]);
    write('Your name', 'Wei');
    expect(wrong()).toHaveLength(3);
  });

  it('sends what was answered, and again until the first message is stored', async () => {
    write('Your name', ' Wei ');
    write('What is it about?', 'Returns');
    void act(() => field('You may keep this.').click());
    start();
    const answers = { type: 'form', language: 'en', values: { n: 'Wei', t: 'Returns', c: 'yes' } };
    expect(forms()).toEqual([answers]);

    bench.server.wire.breaks();
    bench.client.send('Hello?');
    await again();
    expect(bench.server.wire.heard().map(({ type }) => type)).toEqual(['form', 'send']);

    bench.server.wire.breaks();
    await again(welcome(1));
    expect(forms()).toEqual([]);
  });

  it('asks in the language of the customer, or in the other where there is but one', () => {
    void act(() => chooseLanguage('zh'));
    expect(root.textContent).toContain('您的姓名');
    expect([...root.querySelectorAll('option')].map(({ textContent }) => textContent)).toEqual([
      '请选择',
      '配送',
      'Returns',
    ]);
  });
});
