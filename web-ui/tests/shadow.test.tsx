import { render, type ComponentChild } from 'preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ShadowSection, StartShadow } from '../src/admin/training/shadow';
import { shadowTexts } from '../src/admin/training/shadow-texts';
import type { Model } from '../src/admin/rest';
import { chooseLanguage } from '../src/shared/language';
import { settled } from './settled';

const model = (id: string, number: number, serving: boolean) => ({ id, number, serving }) as Model;
const models = [model('new', 4, false), model('old', 3, true)];
const shadow = {
  id: 's',
  model: 'new',
  modelNumber: 4,
  championNumber: 3,
  startedAt: '2026-11-01T08:00:00Z',
  endsAt: '2026-11-02T08:00:00Z',
  decisions: 200,
  scored: 140,
  decided: 90,
  leftOut: 3,
  busy: 2,
};
const comparison = {
  verdict: 'worse',
  questions: 80,
  conversations: 60,
  questionsNeeded: 30,
  conversationsNeeded: 15,
  ownWords: 10,
  sameFirst: 0.8,
  sameAll: 0.6,
  foundElsewhere: 9,
  wouldHaveShown: 4,
  millis: 41.6,
  figures: [
    { name: 'worth', champion: 0.7, challenger: 0.6, difference: -0.1, low: -0.15, high: -0.05 },
    { name: 'silent', champion: 0.1, challenger: 0.1, difference: 0, low: 0, high: 0 },
  ],
  worse: 5,
  better: 1,
};

const sent: { address: string; body: unknown }[] = [];
let compared = 0;

async function page(drawn: ComponentChild, shadows: unknown[] = [shadow]): Promise<HTMLElement> {
  vi.stubGlobal('fetch', (address: string, { method, body }: RequestInit) => {
    if (method === 'POST') sent.push({ address, body: JSON.parse(body as string) as unknown });
    if (address.endsWith('/comparison')) compared++;
    const answer = address.endsWith('/comparison')
      ? comparison
      : address.includes('/needs')
        ? { megabytes: 118 }
        : shadows;
    return Promise.resolve(new Response(JSON.stringify(answer)));
  });
  const box = document.createElement('div');
  document.body.append(box);
  render(drawn, box);
  await settled();
  return box;
}

afterEach(() => {
  for (const box of document.body.children) render(null, box);
  document.body.replaceChildren();
  sent.length = 0;
  chooseLanguage('en');
  vi.unstubAllGlobals();
});

describe('a question answered in own words', () => {
  it('is one question', () => {
    expect(shadowTexts().ownWords({ number: 1 })).toContain('1 question was answered');
    expect(shadowTexts().ownWords({ number: 2 })).toContain('2 questions were answered');
  });
});

describe('a model in the shadow', () => {
  it('is compared in words, with what was left out and the bias for the one that serves', async () => {
    const promote = vi.fn();
    const box = await page(<ShadowSection models={models} started={0} promote={promote} />);

    expect(box.textContent).toContain('Model 4 ranks unseen');
    expect(box.textContent).toContain('90 of 200 answers');
    expect(box.textContent).toContain(
      '3 questions were left out: 2 because the server was busy, 1 because a server was starting',
    );
    expect(box.textContent).toContain('Part of that may be that agents tend to use what they are shown');
    expect(box.textContent).toContain('That favours model 3');
    expect(box.textContent).toContain('the other model would have shown 4 of those');
    expect(box.textContent).toContain('5 worse, 1 better');
    [...box.querySelectorAll('button')].find((one) => one.textContent === 'Promote model 4…')?.click();
    expect(promote).toHaveBeenCalledWith(models[0]);
  });

  it('says nothing as long as there never was one, and why the last one ended', async () => {
    const none = await page(<ShadowSection models={models} started={0} promote={vi.fn()} />, []);
    expect(none.textContent).toBe('');
    const box = await page(<ShadowSection models={models} started={0} promote={vi.fn()} />, [
      { ...shadow, endedAt: '2026-11-01T12:00:00Z', endReason: 'champion-changed', leftOut: 0, busy: 0 },
    ]);

    expect(box.textContent).toContain('another model serves now');
    expect(box.textContent).toContain('No question was left out.');
    expect([...box.querySelectorAll('button')].map((one) => one.textContent)).not.toContain('Stop');
  });

  it('is compared again whenever the list is read, because the server may have had no time before', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    await page(<ShadowSection models={models} started={0} promote={vi.fn()} />);
    const before = compared;

    vi.advanceTimersByTime(5_000);
    await settled();

    expect(compared).toBe(before + 1);
    vi.useRealTimers();
  });

  it('is complete in Chinese', async () => {
    chooseLanguage('zh');
    const box = await page(<ShadowSection models={models} started={0} promote={vi.fn()} />);

    expect(box.textContent).toContain('不如模型 3 有用');
    for (const technical of box.querySelectorAll('small')) technical.remove();
    expect(box.textContent).not.toMatch(/[a-z]{3,}/);
  });

  it('is started with a limit, after the page has said what it takes', async () => {
    const started = vi.fn();
    const box = await page(
      <StartShadow model={models[0] as Model} champion={3} started={started} closed={vi.fn()} />,
    );

    expect(box.textContent).toContain('about 118 MB of memory more');
    const hours = box.querySelector<HTMLInputElement>('input[name=hours]');
    if (hours) hours.value = '';
    box.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    await settled();

    expect(sent).toEqual([{ address: '/api/shadows', body: { model: 'new', decisions: 200 } }]);
    expect(started).toHaveBeenCalled();
  });
});
