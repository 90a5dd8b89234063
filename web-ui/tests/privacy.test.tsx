import { describe, expect, it, vi } from 'vitest';
import { PrivacyPage } from '../src/admin/privacy/privacy';
import type { ErasureReport } from '../src/admin/rest';
import { chooseLanguage } from '../src/shared/language';
import { answers, json, page, press, settled, submit, type } from './page-bench';

const report = (number: number, part: Partial<ErasureReport> = {}): ErasureReport => ({
  id: `e${String(number)}`,
  customer: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
  trigger: 'admin',
  requestedBy: 'grace',
  requestedByName: 'Grace',
  reason: '',
  removed: { messages: 3 },
  snapshots: 0,
  models: [],
  erasedAt: '2026-03-01T08:00:00Z',
  ...part,
});

describe('the privacy page', () => {
  it('goes back to the first erasure, page by page, and says who asked for each', async () => {
    answers['GET /api/retention'] = () => json({ resolvedAfter: null, openAfter: null, importedAfter: null });
    answers['GET /api/erasures?limit=50'] = () => json({ items: [report(1)], next: 'two' });
    answers['GET /api/erasures?limit=50&cursor=two'] = () =>
      json({ items: [report(2, { trigger: 'retention', requestedByName: undefined })], next: 'three' });
    answers['GET /api/erasures?limit=50&cursor=three'] = () => json({ items: [report(3)] });
    const box = await page(<PrivacyPage />);
    expect(box.querySelectorAll('li')).toHaveLength(1);
    expect(box.textContent).toContain('by Grace');

    await press(box, 'Load more');
    await press(box, 'Load more');

    expect([...box.querySelectorAll('li strong')].map(({ textContent }) => textContent.slice(-1))).toEqual([
      '1',
      '2',
      '3',
    ]);
    expect(box.textContent).toContain('after the time that conversations are kept');
    expect(box.textContent).not.toContain('Load more');
    chooseLanguage('zh');
    await settled();
    expect(box.textContent).toContain('由 Grace 删除');
  });

  it('sends all times of the retention rule, null for none', async () => {
    answers['GET /api/retention'] = () => json({ resolvedAfter: 30, openAfter: null, importedAfter: 900 });
    answers['GET /api/erasures?limit=50'] = () => json({ items: [] });
    answers['POST /api/retention/preview'] = () => json({ customers: 0, imported: 0 });
    const box = await page(<PrivacyPage />);
    const sent = vi.fn();
    const fetched = globalThis.fetch;
    vi.stubGlobal('fetch', (address: string, options: RequestInit) => {
      if (options.method === 'PUT') sent(options.body);
      return fetched(address, options);
    });

    await type(box, 'resolvedAfter', '');
    await submit(box);

    expect(sent).toHaveBeenCalledWith('{"resolvedAfter":null,"openAfter":null,"importedAfter":900}');
  });

  it('says what a rule would erase before it is saved', async () => {
    answers['GET /api/retention'] = () => json({ resolvedAfter: 30, openAfter: null, importedAfter: null });
    answers['GET /api/erasures?limit=50'] = () => json({ items: [] });
    answers['POST /api/retention/preview'] = () => json({ customers: 1, imported: 310 });
    const box = await page(<PrivacyPage />);

    await press(box, 'How many would that be?');
    expect(box.querySelector('[role=status]')?.textContent).toBe(
      'Would be erased now: one customer and 310 imported conversations.',
    );
    chooseLanguage('zh');
    await settled();
    await press(box, '会涉及多少？');
    expect(box.querySelector('[role=status]')?.textContent).toBe('现在会删除：1 位客户和310 个导入的对话。');
  });
});
