import { render } from 'preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Decisions } from '../src/admin/decisions';
import type { DecisionFigures } from '../src/admin/rest';
import { chooseLanguage } from '../src/shared/language';
import { settled } from './settled';

const figures: DecisionFigures = {
  answers: 900,
  sources: [
    { source: 'suggestion', answers: 500 },
    { source: 'own', answers: 300 },
    { source: 'search', answers: 60 },
    { answers: 40 },
  ],
  medianMillis: 6_400,
  medianEditDistance: 12,
  ownMatched: 31,
  positions: [
    { position: 1, shown: 800, used: 400, acceptance: 0.5, corrected: 0.5 },
    {
      position: 2,
      shown: 780,
      used: 78,
      acceptance: 0.1,
      corrected: 0.14,
      examination: 0.7,
      examinationLow: 0.52,
      examinationHigh: 1.02,
    },
    { position: 3, shown: 700, used: 35, acceptance: 0.05, corrected: 0.07 },
  ],
  shuffle: { share: 0.05, used: 120, missing: 12, place: 3 },
};

async function page(answer: DecisionFigures): Promise<HTMLElement> {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify(answer))));
  const box = document.createElement('div');
  document.body.append(box);
  render(<Decisions />, box);
  await settled();
  return box;
}

afterEach(() => {
  for (const box of document.body.children) render(null, box);
  document.body.replaceChildren();
  chooseLanguage('en');
  vi.unstubAllGlobals();
});

describe('how answers came about', () => {
  it('is told in numbers, and how much agents go by the place', async () => {
    const box = await page(figures);
    const text = box.textContent;
    expect(text).toContain('The newest 900 answers.');
    expect(text).toContain('From a suggestion50056%');
    expect(text).toContain('Older, not known404%');
    expect(text).toContain('6 s');
    expect(text).toContain('12 characters');
    const rows = [...box.querySelectorAll('tbody tr')].map((row) =>
      [...row.children].map((cell) => cell.textContent),
    );
    expect(rows).toEqual([
      ['1', '800', '400', '50%', '100%', '50%'],
      ['2', '780', '78', '10%', '70% (52% to 100%)', '14%'],
      ['3', '700', '35', '5%', 'not measured', '–'],
    ]);
    expect(text).toContain('a chance of 5.0% to get its suggestions in a random order');
    expect(text).toContain('Least is known of place 3: 12 more have to be used there');
    chooseLanguage('zh');
    await settled();
    expect(box.textContent).toContain('第 3 位所知最少');
  });

  it('says how places can be measured where they are not, and nothing that is not known', async () => {
    const box = await page({
      answers: 1,
      sources: [{ source: 'own', answers: 1 }],
      ownMatched: 0,
      positions: [],
      shuffle: { share: 0, used: 0, missing: 100, place: 2 },
    });
    expect(box.textContent).toContain('replyloop.suggestion.shuffle');
    expect(box.textContent).toContain('No suggestions have been on a screen yet.');
    expect(box.textContent).not.toContain('Median');
  });
});
