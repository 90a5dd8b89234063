import { describe, expect, it, vi } from 'vitest';
import type { Model, ModelComparison, Run } from '../src/admin/rest';
import { CompareModels } from '../src/admin/training/model-comparison';
import { ModelList } from '../src/admin/training/models';
import { RunCard } from '../src/admin/training/run';
import { chooseLanguage } from '../src/shared/language';
import { answers, json, page, press, settled } from './page-bench';

const model = (number: number, more: Partial<Model> = {}): Model => ({
  id: `m${String(number)}`,
  number,
  serving: number === 3,
  learnedFromErased: false,
  origin: 'import',
  pinned: false,
  createdAt: '2026-11-29T08:00:00Z',
  ...more,
});
const uploaded = model(5, { origin: 'upload', uploadedFile: 'mine.zip' });
const models = [uploaded, model(3), model(2)];

const run = (more: Partial<Run> = {}): Run => ({
  id: 'r7',
  number: 7,
  status: 'running',
  stage: 'evaluating',
  trigger: 'manual',
  baseModel: 'm3',
  measuredModel: 'm5',
  limits: {},
  attempt: 1,
  attempts: 3,
  cancelRequested: false,
  step: 12,
  steps: 40,
  secondsLeft: 95,
  spentSeconds: 30,
  standsBack: false,
  stoodBackSeconds: 0,
  createdAt: '2026-11-29T08:00:00Z',
  ...more,
});

const range = { champion: 0.62, challenger: 0.71, difference: 0.09, low: 0.02, high: 0.15 };
const metrics = {
  championNumber: 3,
  challengerNumber: 5,
  verdict: 'better',
  verdictText: { en: 'Model 5 is better than model 3.', zh: '模型 5 优于模型 3。' },
  champion: { finalMrr: 0.6 },
  challenger: { finalMrr: 0.7 },
  gate: {
    questions: 63,
    conversations: 31,
    figures: [{ name: 'worth', ...range }],
    slices: [],
    flipped: { better: 2, worse: 1 },
  },
};
const together = {
  run: 'r7',
  model: 5,
  against: 3,
  finishedAt: '2026-11-29T08:05:00Z',
  metrics,
} as unknown as ModelComparison['together'];

const comparison = (one: Model, other: Model, found?: ModelComparison['together']) =>
  json({
    one: { model: one },
    other: { model: other },
    sameQuestions: found !== undefined,
    ...(found && { measuredTogether: 7, together: found }),
  });

const address = (one: string, other: string) => `GET /api/model-comparison?one=${one}&other=${other}`;

async function open(runs: Run[], among: Model[] = models, changed = settled): Promise<HTMLElement> {
  const box = await page(<CompareModels models={among} runs={runs} changed={changed} />);
  const details = box.querySelector('details');
  if (details) details.open = true;
  details?.dispatchEvent(new Event('toggle'));
  await settled();
  return box;
}

const measure = (box: HTMLElement) =>
  [...box.querySelectorAll('button')].find(({ textContent }) => textContent.startsWith('Measure both'));

describe('measuring two models', () => {
  it('is asked for of the one that does not serve, and the list is read again', async () => {
    answers[address('m3', 'm5')] = () => comparison(model(3), uploaded);
    const changed = vi.fn(() => Promise.resolve());
    const box = await open([], models, changed);
    const sent = vi.fn(() => Promise.resolve(json(run(), 201)));
    vi.stubGlobal('fetch', sent);

    expect(box.textContent).toContain('The two were not measured on the same questions');
    await press(box, 'Measure both');

    expect(sent).toHaveBeenCalledWith(
      '/api/training/measurements',
      expect.objectContaining({ method: 'POST', body: '{"model":"m5","against":"m3"}' }),
    );
    expect(changed).toHaveBeenCalledOnce();
  });

  it('shows how far it is and can be cancelled', async () => {
    answers[address('m3', 'm5')] = () => comparison(model(3), uploaded);
    const box = await open([run()]);

    expect(box.textContent).toContain('Measuring both models on the same questions.');
    expect(box.querySelector('progress')?.value).toBe(12);
    expect(box.textContent).toContain('Cancel the run');
    expect(measure(box)).toBeUndefined();
  });

  it('has to wait for another run, and says which', async () => {
    answers[address('m3', 'm5')] = () => comparison(model(3), uploaded);
    const box = await open([run({ measuredModel: undefined, stage: 'training' })]);

    expect(measure(box)?.disabled).toBe(true);
    expect(
      box.querySelector(`[id="${measure(box)?.getAttribute('aria-describedby') ?? ''}"]`)?.textContent,
    ).toBe('Run 7 is under way. Wait for it, or cancel it first.');
  });

  it('takes the files of both', async () => {
    const gone = model(5, { filesRemovedAt: '2026-11-20T08:00:00Z' });
    answers[address('m3', 'm5')] = () => comparison(model(3), gone);
    const box = await open([], [gone, model(3)]);

    expect(measure(box)?.disabled).toBe(true);
    expect(box.textContent).toContain('The files of model 5 were removed');
  });

  it('says how many questions are missing, in both languages', async () => {
    answers[address('m3', 'm5')] = () => comparison(model(3), uploaded);
    answers['POST /api/training/measurements'] = () =>
      json(
        {
          code: 'too-few-conversations',
          detail: 'The test part has 12 …',
          violations: [
            {
              field: 'model',
              message: 'The test part has 12 …',
              rule: 'wrong',
              values: { why: 'test-questions', entry: '18' },
            },
          ],
        },
        409,
      );
    const box = await open([]);
    await press(box, 'Measure both');

    expect(box.textContent).toContain('18 more answered questions are needed to measure with.');
    chooseLanguage('zh');
    await settled();
    expect(box.textContent).toContain('还差 18 个已回复的问题用于评估。');
  });

  it('ends with the verdict, the figures of both by their numbers and what changed', async () => {
    answers[address('m3', 'm5')] = () => comparison(model(3), uploaded, together);
    const box = await open([run({ status: 'succeeded', stage: 'measured' })]);

    expect(box.textContent).toContain('Model 5 is better than model 3.');
    expect(box.textContent).toContain('63 test questions of 31 conversations that no run here learns from');
    expect(box.textContent).toContain('1 got worse, 2 better');
    expect(box.textContent).not.toContain('New model');
    expect(measure(box)?.disabled).toBe(false);
  });

  it('that failed says where to read why', async () => {
    answers[address('m3', 'm5')] = () => comparison(model(3), uploaded);
    const box = await open([run({ status: 'failed', stage: 'failed' })]);

    expect(box.textContent).toContain('Run 7 has failed to measure them.');
  });

  it('is offered beside an uploaded model, and leads to the two', async () => {
    answers[address('m3', 'm2')] = () => comparison(model(3), model(2));
    answers[address('m3', 'm5')] = () => comparison(model(3), uploaded);
    const box = await page(<ModelList models={[model(9), uploaded, model(3), model(2)]} changed={settled} />);

    expect(box.querySelectorAll('[aria-label^="Measure against the serving model"]')).toHaveLength(1);
    await press(box, 'Measure against the serving model');

    expect(
      [...box.querySelectorAll('details select')].map((one) => (one as HTMLSelectElement).value),
    ).toEqual(['m3', 'm5']);
    expect(document.activeElement?.textContent).toBe('Compare two models');
  });
});

describe('a run that only measures', () => {
  const card = (of: Run) =>
    page(<RunCard run={of} models={models} shown toggle={vi.fn()} changed={settled} />);

  it('names both models, and has no model to decide on', async () => {
    const done = run({ status: 'succeeded', stage: 'measured', metrics: metrics as never, step: 40 });
    answers['GET /api/training/runs/r7'] = () => json({ ...done, points: [] });
    const box = await card(done);

    expect(box.textContent).toContain('Measured model 5 against model 3.');
    expect(box.textContent).toContain('Model 5 is better than model 3.');
    expect(box.querySelector('.tag')?.textContent).toBe('measured');
    expect(box.textContent).not.toContain('Reject');
    expect(box.querySelector('.plots')).toBeNull();
    expect(box.textContent).not.toContain('New model');
  });

  it('tells that it goes on, in Chinese too', async () => {
    answers['GET /api/training/runs/r7'] = () => json({ ...run(), points: [] });
    chooseLanguage('zh');
    const box = await card(run());

    expect(box.textContent).toContain('对比评估模型 5 与模型 3。');
    expect(box.textContent).toContain('正在用相同的问题评估两个模型。');
  });
});
