import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { AuditPage } from '../src/admin/audit/audit';
import { PrivacyPage } from '../src/admin/privacy/privacy';
import { Filters, unfiltered } from '../src/admin/reports/filters';
import type { Model, Run } from '../src/admin/rest';
import { CompareModels } from '../src/admin/training/model-comparison';
import { RunCard } from '../src/admin/training/run';
import { Problem } from '../src/shared/api';
import { chooseLanguage } from '../src/shared/language';
import { problemText } from '../src/shared/problem-text';
import { answers, json, page, press, settled } from './page-bench';

describe('a run that is refused', () => {
  it('says one thing with one number and what to do, in both languages', () => {
    const refusal = new Problem(
      409,
      'too-few-examples',
      'A run still needs 8 more decisions of agents (12 of 20).',
      [{ field: 'run', message: '', rule: 'wrong', values: { why: 'decisions', entry: '8' } }],
    );

    expect(problemText(refusal)).toBe(
      'A run needs 8 more decisions of agents. Answer more customers: every suggestion that is sent, edited or rejected, and every answer of your own, is a decision.',
    );
    chooseLanguage('zh');
    expect(problemText(refusal)).toContain('训练还需要 8 条客服决定。');
    expect(problemText(refusal)).not.toContain('样本');
  });
});

const run = (more: Partial<Run> = {}): Run => ({
  id: 'r7',
  number: 7,
  status: 'succeeded',
  stage: 'promoted',
  trigger: 'manual',
  baseModel: 'm3',
  limits: {},
  attempt: 1,
  attempts: 3,
  cancelRequested: false,
  step: 40,
  steps: 40,
  spentSeconds: 30,
  standsBack: false,
  stoodBackSeconds: 0,
  createdAt: '2026-11-29T08:00:00Z',
  ...more,
});

describe('a run', () => {
  it('says how much of what it learned from is imported history', async () => {
    answers['GET /api/training/runs/r7'] = () => json(run());
    const box = await page(
      <RunCard
        run={run({
          dataset: { id: 'd', number: 2, train: 1_000, dev: 10, test: 20, leftOut: 0, erased: 0 },
          trainedOn: { decisions: 200, conversations: 150, languages: {}, ofHistory: 400, ofFiles: 0 },
        })}
        models={[]}
        shown
        toggle={() => undefined}
        changed={settled}
      />,
    );

    expect(box.textContent).toContain('400 of the examples to learn from are imported history (40%)');
    expect(box.textContent).not.toContain('imported files');
    chooseLanguage('zh');
    await settled();
    expect(box.textContent).toContain('用于学习的样本中有 400 条来自导入的历史对话（40%）');
  });
});

describe('measuring two models', () => {
  const model = (number: number): Model => ({
    id: `m${String(number)}`,
    number,
    serving: number === 3,
    learnedFromErased: false,
    origin: 'import',
    pinned: false,
    createdAt: '2026-11-29T08:00:00Z',
  });

  it('keeps the focus at its place when the button gives way to the progress', async () => {
    const models = [model(3), model(2)];
    answers['GET /api/model-comparison?one=m3&other=m2'] = () =>
      json({ one: { model: model(3) }, other: { model: model(2) }, sameQuestions: false });
    answers['POST /api/training/measurements'] = () => json(run(), 201);
    const running = run({ status: 'running', stage: 'evaluating', measuredModel: 'm2' });
    let runs: Run[] = [];
    const Page = () => <CompareModels models={models} runs={runs} changed={settled} />;
    const box = await page(<Page />);
    const details = box.querySelector('details');
    if (details) details.open = true;
    details?.dispatchEvent(new Event('toggle'));
    await settled();

    [...box.querySelectorAll('button')]
      .find(({ textContent }) => textContent.includes('Measure both'))
      ?.focus();
    await press(box, 'Measure both');
    runs = [running];
    const { render } = await import('preact');
    render(<Page />, box);
    await settled();

    const focused = document.activeElement;
    expect(focused?.getAttribute('role')).toBe('group');
    expect(focused?.querySelector('progress')).toBeTruthy();
  });
});

describe('the list of erasures', () => {
  const erased = (removed: Record<string, number>, trigger = 'admin') => ({
    id: 'e1',
    customer: '00000000-0000-4000-8000-000000000001',
    trigger,
    reason: '',
    removed,
    snapshots: 0,
    models: [],
    erasedAt: '2026-03-01T08:00:00Z',
  });

  it.each([
    [
      {
        'imports-searched': 3,
        'imported-conversations': 2,
        'history-examples': 10,
        'imports-not-searched': 0,
      },
      'admin',
      [
        'imported conversations: 2',
        'examples of imported history: 10',
        'by the customer’s mail address (3 imports',
      ],
    ],
    [
      { 'imports-searched': 1 },
      'admin',
      ['No imported conversation names the customer’s mail address (one import'],
    ],
    [
      { 'imports-not-searched': 2, 'imports-under-way': 1 },
      'admin',
      ['It is not known whether', 'One import was being read'],
    ],
  ])(
    'says what went of imported conversations, and what is not known: %o',
    async (removed, trigger, said) => {
      answers['GET /api/retention'] = () => json({});
      answers['GET /api/erasures?limit=50'] = () => json({ items: [erased(removed, trigger)] });
      const box = await page(<PrivacyPage />);

      for (const sentence of said) expect(box.querySelector('li')?.textContent).toContain(sentence);
    },
  );

  it('says nothing of them where a rule has erased', async () => {
    answers['GET /api/retention'] = () => json({});
    answers['GET /api/erasures?limit=50'] = () =>
      json({ items: [erased({ messages: 1, 'imports-not-searched': 2 }, 'retention')] });
    const box = await page(<PrivacyPage />);

    expect(box.querySelector('li')?.textContent).not.toContain('imported');
  });
});

describe('an export in the audit log', () => {
  it('says which table and which filters, in the row and in its details', async () => {
    answers['GET /api/users'] = () => json([{ id: 'a1', name: 'Kim', role: 'agent' }]);
    answers['GET /api/audit'] = () =>
      json({
        items: [
          {
            id: 1,
            at: '2026-11-29T08:00:00Z',
            actorKind: 'account',
            actorId: 'g1',
            actorName: 'Grace',
            action: 'report.exported',
            objectKind: 'report',
            after: { table: 'agents', from: '2026-11-01', to: '2026-11-29', language: 'zh', agent: 'a1' },
          },
        ],
      });
    const box = await page(<AuditPage />);

    expect(box.querySelector('.about')?.textContent).toContain(
      'By agent · 2026-11-01 to 2026-11-29 · Language: Chinese · Agent: Kim',
    );
    await press(box, 'Details');
    expect(box.querySelector('.changes')?.textContent).toContain('AgentKim');
    chooseLanguage('zh');
    await settled();
    expect(box.querySelector('.about')?.textContent).toContain('按客服 · 2026-11-01 至 2026-11-29');
  });
});

describe('the filters of the reports', () => {
  it('are folded behind a button that says how many are set', async () => {
    const change = vi.fn();
    const box = await page(
      <Filters
        choice={{ from: '2026-11-01', to: '2026-11-30', ...unfiltered, language: 'zh' }}
        change={change}
      />,
    );

    const button = box.querySelector('.filters-button');
    expect(button?.textContent).toContain('1');
    expect(button?.getAttribute('aria-expanded')).toBe('false');
    expect(box.querySelector('.folded-filters')?.contains(box.querySelector('select'))).toBe(true);
    await press(box, button?.textContent ?? '');
    expect(box.querySelector('.folded-filters')?.classList.contains('open')).toBe(true);
  });
});

it('there is one Chinese word for a conversation', () => {
  const source = join(import.meta.dirname, '../src');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(?:tsx?|json|html)$/.test(name),
  );

  expect(files.length).toBeGreaterThan(100);
  expect(files.filter((name) => readFileSync(join(source, name), 'utf8').includes('会话'))).toEqual([]);
});
