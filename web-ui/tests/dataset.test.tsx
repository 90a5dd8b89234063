import { beforeEach, describe, expect, it } from 'vitest';
import { DatasetPage } from '../src/admin/dataset/dataset';
import { AllExamples } from '../src/admin/dataset/examples';
import type { CurationAct, Example } from '../src/admin/rest';
import { chooseLanguage } from '../src/shared/language';
import { answers, asked, at, example, page, press, stubbed } from './dataset-page';
import { settled } from './settled';

const corrected: Example = { ...example, label: 0, originalLabel: 1, version: 1 };
const act: CurationAct = {
  act: 'act1',
  kind: 'corrected',
  by: { id: 'a2', name: 'Grace' },
  at,
  labelBefore: 1,
  labelAfter: 0,
  excludedBefore: false,
  excludedAfter: false,
  undone: false,
};

stubbed();

beforeEach(() => {
  answers['GET /api/examples/42/acts'] = [act];
});

const sent = (address: string) => asked.find((one) => one.address === address)?.body;

describe('the dataset', () => {
  it('shows an example with where it comes from', async () => {
    const box = await page(<AllExamples />);
    for (const told of [
      '1 example',
      'Where is my parcel?',
      '2 earlier messages',
      'It travels for twelve days.',
      'version 2',
      'Kim · sent as it was',
      'place 2, shown',
      'model 3',
      'training',
      '1, 2',
    ])
      expect(box.textContent).toContain(told);
    expect(box.querySelector('a')?.getAttribute('href')).toBe('/console/#/c/c1');
  });

  it('says the same in Chinese', async () => {
    chooseLanguage('zh');
    const box = await page(<AllExamples />);
    for (const told of ['1 个样本', '第 2 位，已显示', '模型 3', '合适'])
      expect(box.textContent).toContain(told);
  });

  it('corrects a label with the version that was read, and undoes it', async () => {
    answers['PUT /api/examples/42/label'] = { ...corrected, act: 'act1' };
    answers['POST /api/examples/acts/act1/undo'] = [{ ...example, version: 2 }];
    const box = await page(<AllExamples />);

    await press('Does not fit');

    expect(sent('PUT /api/examples/42/label')).toEqual({ verdict: 'does-not-fit', version: 0 });
    expect(box.textContent).toContain('corrected; it was “Fits”');
    await press('Undo');
    expect(box.textContent).not.toContain('corrected; it was');
    expect(box.textContent).toContain('Undone.');
  });

  it('shows what somebody else has done meanwhile', async () => {
    answers['PUT /api/examples/42/label'] = new Response(JSON.stringify({ code: 'conflict', detail: '' }), {
      status: 409,
    });
    answers['GET /api/examples/42'] = corrected;
    const box = await page(<AllExamples />);

    await press('Does not fit');

    expect(box.querySelector('[role="alert"]')?.textContent).toContain('Somebody has changed this example');
    expect(box.textContent).toContain('Grace · corrected · Fits → Does not fit');
  });

  it('excludes what is selected', async () => {
    answers['POST /api/examples/exclusions'] = [{ ...example, excluded: true }];
    const box = await page(<AllExamples />);

    await press('Select all that are shown');
    await press('Exclude the selected');

    expect(sent('POST /api/examples/exclusions')).toEqual({ examples: [42], excluded: true });
    expect(box.querySelector('.example')?.classList.contains('left-out')).toBe(true);
  });
});

describe('a selection', () => {
  it('far down leads back to what can be done with it, by keyboard', async () => {
    const box = await page(<AllExamples />);
    expect(box.querySelector('.to-selection')).toBeNull();

    box.querySelector<HTMLInputElement>('.example input[type="checkbox"]')?.click();
    await settled();
    await press('To what can be done with the selection');

    expect(document.activeElement).toBe(box.querySelector('.selection'));
    expect(box.querySelector('.selection')?.textContent).toContain('Exclude the selected');
  });
});

describe('a file of another day', () => {
  it('tells the day of its message, and beside it that of its import', async () => {
    answers['GET /api/examples'] = {
      items: [
        {
          ...example,
          origin: 'history',
          createdAt: '2019-05-03T10:15:00Z',
          importedFrom: 'zendesk.json',
          importedBy: 'Kim',
          importedAt: at,
        },
      ],
    };
    const box = await page(<AllExamples />);

    expect(box.querySelector('.facts time')?.textContent).toBe('3 May 2019');
    expect(box.querySelector('.facts')?.textContent).toContain('Kim · imported on 29 Nov 2026');
  });
});

describe('an example for contrast', () => {
  const contrast: Example = { ...example, label: 0, position: 7, shown: false };

  it('is not said to be what the agent did', async () => {
    answers['GET /api/examples'] = { items: [contrast] };
    const box = await page(<AllExamples />);
    expect(box.textContent).toContain('contrast, not shown (place 7)');
    expect(box.textContent).toContain('The agent has not seen this reply.');
    const facts = box.querySelector('.facts')?.textContent;
    expect(facts).toContain('Kim');
    expect(facts).not.toContain('sent as it was');
  });

  it('is not what was used, rejected or corrected', async () => {
    answers['GET /api/examples'] = {
      items: [
        { ...contrast, id: 1, label: 1 },
        { ...contrast, id: 2, outcome: 'rejected' },
        { ...contrast, id: 3, originalLabel: 1 },
      ],
    };
    const box = await page(<AllExamples />);
    expect(box.querySelectorAll('.example')).toHaveLength(3);
    expect(box.textContent).toContain('place 7, not shown');
    expect(box.textContent).not.toContain('contrast');
  });
});

describe('likely errors', () => {
  const queues = async (examples: number) => {
    answers['GET /api/examples/queues'] = {
      queues: [{ queue: 'label-error', items: 0 }],
      at,
      examples,
      byMeaning: true,
      failed: false,
    };
    answers['GET /api/examples/queues/label-error?limit=20'] = { items: [] };
    const box = await page(<DatasetPage />);
    await press('Likely errors (0)');
    return box;
  };

  it('of few examples are too few to tell', async () => {
    const box = await queues(323);
    expect(box.textContent).toContain('Too few to tell: there are only 323 examples. With fewer than 1,000');
    chooseLanguage('zh');
    await settled();
    expect(box.textContent).toContain('数量太少，无法判断：目前只有 323 个样本');
  });

  it('of enough examples are shown without a warning', async () => {
    expect((await queues(1000)).textContent).not.toContain('Too few to tell');
  });
});

describe('undo', () => {
  const other: Example = { ...example, id: 41, replyId: 'r2' };
  const undoButton = () => document.querySelector('.notice.good button');

  beforeEach(() => {
    answers['GET /api/examples'] = { items: [example, other] };
  });

  it('takes back what was just done, not what somebody else had done to the first example', async () => {
    answers['POST /api/examples/exclusions'] = [
      { ...example, excluded: true },
      { ...other, excluded: true, act: 'mine' },
    ];
    await page(<AllExamples />);
    await press('Select all that are shown');
    await press('Exclude the selected');
    asked.length = 0;

    undoButton()?.dispatchEvent(new Event('click', { bubbles: true }));
    await settled();

    expect(asked.map((one) => one.address)).toContain('POST /api/examples/acts/mine/undo');
  });

  it('is not offered where nothing has changed', async () => {
    answers['POST /api/examples/exclusions'] = [
      { ...example, excluded: true },
      { ...other, excluded: true },
    ];
    await page(<AllExamples />);
    await press('Select all that are shown');
    await press('Exclude the selected');

    expect(undoButton()).toBe(null);
  });
});

describe('files of examples', () => {
  const outcome = { stored: false, lines: 3, added: 2, known: 1, erased: 0, errors: 0, wrong: [] };
  const choose = async (box: HTMLElement, file = new File(['{}'], 'a.jsonl')) => {
    await press('Import…');
    const input = box.querySelector<HTMLInputElement>('input[type="file"]');
    if (!input) throw new Error('no field for a file');
    Object.defineProperty(input, 'files', { value: [file] });
    input.dispatchEvent(new Event('change'));
    await settled();
  };

  it('are checked first, and stored when somebody says so', async () => {
    const address = 'POST /api/examples/imports?name=a.jsonl';
    answers[`${address}&dryRun=true`] = outcome;
    answers[`${address}&dryRun=false`] = { ...outcome, stored: true, id: 'i1' };
    const box = await page(<AllExamples />);

    await choose(box);
    expect(box.textContent).toContain('2 of 3 examples are new.');
    expect(box.textContent).toContain('1 are here already.');
    await press('Import 2 examples');

    expect(box.textContent).toContain('2 examples were imported.');
  });

  it('that are too large are not sent at all, and it is said what to do', async () => {
    const file = new File(['{}'], 'a.jsonl');
    Object.defineProperty(file, 'size', { value: 256 * 1024 * 1024 });
    const box = await page(<AllExamples />);

    await choose(box, file);

    expect(box.querySelector('[role="alert"]')?.textContent).toContain('24 MB as it is sent');
    expect(asked.filter((one) => one.address.startsWith('POST'))).toEqual([]);
    chooseLanguage('zh');
    await settled();
    expect(box.querySelector('[role="alert"]')?.textContent).toContain('发送时最多 24 MB');
  });

  it('with an error are not stored, and the line is named', async () => {
    answers['POST /api/examples/imports?name=a.jsonl&dryRun=true'] = {
      ...outcome,
      errors: 1,
      wrong: [{ file: '', line: 7, field: 'label', message: 'is missing' }],
    };
    const box = await page(<AllExamples />);

    await choose(box);

    expect(box.querySelector('[role="alert"]')?.textContent).toContain('line 7 · label · is missing');
    expect(box.textContent).not.toContain('Import 2 examples');
  });
});
