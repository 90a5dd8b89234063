import { render, type ComponentChild } from 'preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AcceptanceNotice } from '../src/admin/training/acceptance';
import { gateOf, type Gate } from '../src/admin/training/gate';
import { Comparison } from '../src/admin/training/metrics';
import { PromotionCard } from '../src/admin/training/promotion';
import { chooseLanguage } from '../src/shared/language';
import { settled } from './settled';

const range = { champion: 0.62, challenger: 0.71, difference: 0.09, low: 0.02, high: 0.15 };
const gate: Gate = {
  questions: 63,
  conversations: 31,
  figures: [
    { name: 'worth', ...range },
    { name: 'acceptAt1', ...range },
    { name: 'millis', champion: 12, challenger: 8 },
  ],
  slices: [
    {
      by: 'language',
      value: 'zh',
      questions: 20,
      state: 'worse',
      ...range,
      difference: -0.2,
      low: -0.3,
      high: -0.1,
    },
    { by: 'category', value: 'returns <b>', questions: 40, state: 'fine', ...range },
    { by: 'category', value: 'hats', questions: 4, state: 'too-few', ...range },
    { by: 'reply', value: 'new', questions: 3, state: 'too-few', ...range },
  ],
  flipped: { better: 2, worse: 1 },
};
const metrics = {
  championNumber: 7,
  verdict: 'mixed',
  verdictText: { en: 'Better, but', zh: '更好，但' },
  gate,
} as never;

async function page(answers: Record<string, unknown>, drawn: ComponentChild): Promise<HTMLElement> {
  vi.stubGlobal('fetch', (address: string, { method, body }: RequestInit) => {
    const answer =
      answers[`${method ?? 'GET'} ${address}`] ?? (body ? (JSON.parse(body as string) as unknown) : []);
    return Promise.resolve(new Response(JSON.stringify(answer)));
  });
  const box = document.createElement('div');
  document.body.append(box);
  render(drawn, box);
  await settled();
  return box;
}

function row(box: HTMLElement, head: string): string | undefined {
  const found = [...box.querySelectorAll('th[scope=row]')].find((th) => th.textContent === head);
  return found?.parentElement?.textContent ?? undefined;
}

afterEach(() => {
  for (const box of document.body.children) render(null, box);
  document.body.replaceChildren();
  chooseLanguage('en');
  vi.unstubAllGlobals();
});

describe('the gate of a run', () => {
  it('says in words what agents would have seen, with the range of each difference', async () => {
    const box = await page({}, <Comparison metrics={metrics} run="r" />);

    expect(box.textContent).toContain('63 test questions of 31 conversations');
    expect(row(box, 'The right reply comes first')).toBe(
      'The right reply comes first62%71%+9% (+2% to +15%)',
    );
    expect(row(box, 'Time per question')).toContain('12 ms');
  });

  it('marks kinds of questions that got worse, and says where there are too few', async () => {
    const box = await page({}, <Comparison metrics={metrics} run="r" />);

    expect(row(box, 'In Chinese')).toContain('−0.20 (−0.30 to −0.10) worse');
    expect(row(box, 'Right reply is new')).toContain('too few to tell');
    expect(row(box, 'Category: returns <b>')).toContain('+0.09');
    expect(row(box, 'Category: hats')).toBeUndefined();
    expect(box.textContent).toContain('One more category has too few questions.');
    expect(box.querySelector('th b')).toBeNull();
  });

  it('does not say “In other languages” where there is no Chinese', async () => {
    const other = {
      ...gate,
      slices: [{ by: 'language', value: 'other', questions: 63, state: 'fine', ...range }],
    };
    const box = await page(
      {},
      <Comparison metrics={{ ...(metrics as object), gate: other } as never} run="r" />,
    );

    expect(box.textContent).not.toContain('In other languages');
  });

  it('gives no range where there are too few questions for one, and says how many are missing', async () => {
    const few = {
      ...gate,
      questions: 6,
      conversations: 4,
      questionsNeeded: 30,
      conversationsNeeded: 15,
      figures: [{ name: 'worth', champion: 0.5, challenger: 0.5, difference: 0, low: 0, high: 0 }],
      slices: [
        {
          by: 'reply',
          value: 'new',
          questions: 6,
          conversations: 4,
          state: 'too-few',
          ...range,
          low: 0,
          high: 0,
        },
      ],
    };
    const drawn = <Comparison metrics={{ ...(metrics as object), gate: few } as never} run="r" />;
    const box = await page({}, drawn);

    expect(row(box, 'Usefulness (first 1, second ½, third ⅓)')).toContain('too few to tell');
    expect(box.textContent).toContain('it takes 24 more questions and 11 more conversations.');
    expect(row(box, 'Right reply is new')).toContain('9 more questions and 4 more conversations needed');
    expect(row(box, 'All questions')).toContain('24 more questions and 11 more conversations needed');
    expect(box.textContent).not.toMatch(/0\.00 \(/);
    expect(box.querySelector('svg.interval')).toBeNull();

    chooseLanguage('zh');
    render(drawn, box);
    await settled();
    expect(box.textContent).toContain('还需要 24 个问题和 11 个对话');
  });

  it('says in a word that two models do not differ', async () => {
    const alike = {
      ...gate,
      figures: [{ name: 'worth', champion: 0.5, challenger: 0.5, difference: 0, low: 0, high: 0 }],
      slices: [],
    };
    const box = await page(
      {},
      <Comparison metrics={{ ...(metrics as object), gate: alike } as never} run="r" />,
    );

    expect(row(box, 'Usefulness (first 1, second ½, third ⅓)')).toContain('no difference');
  });

  it('explains each figure, with the name by which experts know it', async () => {
    const box = await page({}, <Comparison metrics={metrics} run="r" />);
    const meanings = box.querySelector('details.meanings');

    expect(meanings?.querySelector('summary')?.textContent).toBe('What these figures mean');
    expect([...(meanings?.querySelectorAll('dt small') ?? [])].map((one) => one.textContent)).toEqual([
      'MRR@3',
      'top-1',
    ]);
    expect(meanings?.textContent).toContain('the right reply was the first suggestion');
  });

  it.each([
    [
      'en',
      'How high the right reply stands, with all evidence finalMrr',
      'Error of the stated probability ece',
    ],
    ['zh', '合适的回复排得多靠前（综合全部依据） finalMrr', '所示概率的误差 ece'],
  ] as const)('has words for the figures of experts, too: %s', async (language, whole, error) => {
    chooseLanguage(language);
    const figures = { finalMrr: 0.6, ece: 0.1, 'team-own': 3 };
    const box = await page({}, <Comparison metrics={{ champion: figures, challenger: figures }} run="r" />);
    const heads = [...box.querySelectorAll('th[scope=row]')].map((th) => th.textContent);

    expect(heads).toEqual([whole, error, 'team-own']);
  });

  it('is complete in Chinese', async () => {
    chooseLanguage('zh');
    const box = await page({}, <Comparison metrics={metrics} run="r" />);

    expect(box.textContent).toContain('更好，但');
    expect(row(box, '合适的回复排在首位')).toContain('+9%（+2% 至 +15%）');
    for (const technical of box.querySelectorAll('small')) technical.remove();
    expect(box.querySelector('.gate')?.textContent.replace('returns', '')).not.toMatch(/[a-z]{3,}/);
  });

  it('fetches the questions that flipped when they are asked for, and shows both sides', async () => {
    const suggestion = { title: 'Returns', text: 'Within 30 days.', probability: 0.7, right: true };
    const flipped = [
      {
        better: false,
        conversation: 'c',
        question: '> Yes?\n- Can I <i>return</i> it?',
        right: suggestion,
        champion: [suggestion],
        challenger: [],
      },
      { better: true, conversation: 'd', champion: [], challenger: [] },
    ];
    const box = await page(
      { 'GET /api/training/runs/r/flipped-cases': flipped },
      <Comparison metrics={metrics} run="r" />,
    );
    const details = box.querySelector('details:not(.meanings)');
    expect(details?.textContent).toBe('Read the questions that changed: 1 got worse, 2 better');

    details?.setAttribute('open', '');
    details?.dispatchEvent(new Event('toggle'));
    await settled();

    const [first, second] = box.querySelectorAll('.flipped > li');
    expect(first?.textContent).toContain('Got worse');
    expect(first?.textContent).toContain('Can I <i>return</i> it?');
    expect(first?.querySelector('[aria-label="Model 7"]')?.textContent).toContain('the right one');
    expect(first?.querySelector('[aria-label="New model"]')?.textContent).toContain(
      'Nothing would have been suggested.',
    );
    expect(second?.textContent).toContain('The texts were erased with the customer.');
  });

  it('is left out where a run of an older release has none', () => {
    expect(gateOf({ mrr: 0.5 })).toBeUndefined();
    expect(gateOf(undefined)).toBeUndefined();
  });
});

describe('the watch over a model that serves', () => {
  const model = {
    id: 'm2',
    number: 2,
    serving: false,
    origin: 'import',
    createdAt: '',
    learnedFromErased: false,
    pinned: false,
  };
  const now = { model: 3, previous: 2, previousId: 'm2', answers: 90, answersNeeded: 50 };
  const notice = async (answer: object, rollBack = vi.fn()) =>
    page(
      { 'GET /api/training/acceptance': { ...now, ...answer } },
      <AcceptanceNotice serving="m3" models={[model]} rollBack={rollBack} />,
    );

  it('says how many answers are missing', async () => {
    const box = await notice({ state: 'too-few', answers: 12 });
    expect(box.textContent).toContain('12 of the 50 answers');
  });

  it('proposes to roll back when agents take less', async () => {
    const rollBack = vi.fn();
    const box = await notice(
      { state: 'dropped', before: 0.52, after: 0.41, low: -0.17, high: -0.05 },
      rollBack,
    );

    expect(box.textContent).toContain('less often');
    expect(box.textContent).toContain(
      '41% of answers, under model 2 it was 52% (difference −17 to −5 points)',
    );
    box.querySelector('button')?.click();
    expect(rollBack).toHaveBeenCalledWith(model);
  });

  it('proposes nothing when all is well', async () => {
    const box = await notice({ state: 'fine', before: 0.5, after: 0.52, low: -0.05, high: 0.09 });
    expect(box.querySelector('button')).toBeNull();
    expect(box.textContent).toContain('difference −5 to +9 points');
  });
});

describe('who decides whether a new model serves', () => {
  it('is changed by one choice', async () => {
    const box = await page({ 'GET /api/training/promotion-policy': { automatic: false } }, <PromotionCard />);
    const [byHand, automatic] = box.querySelectorAll('input');
    expect(byHand?.checked).toBe(true);

    automatic?.click();
    await settled();

    expect(box.querySelectorAll('input')[1]?.checked).toBe(true);
    expect(box.querySelector('[role=status]')?.textContent).toBe('Saved.');
  });
});
