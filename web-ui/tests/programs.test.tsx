import { describe, expect, it, vi } from 'vitest';
import { ProgramsPage } from '../src/admin/programs/programs';
import { answers, json, page, press, submit, type } from './page-bench';

vi.mock('../src/shared/copy', () => ({ copyText: () => Promise.resolve(true) }));

const token = {
  id: 't1',
  name: 'Chatwoot',
  scopes: ['knowledge.read'],
  hint: '9fQk',
  madeBy: 'Grace',
  madeAt: '2026-01-01T10:00:00Z',
  state: 'valid',
};

describe('the page of programs', () => {
  it('shows how a token is used before there is one', async () => {
    answers['GET /api/program-tokens'] = () => json([]);
    const box = await page(<ProgramsPage />);
    expect(box.querySelector('code')?.textContent).toMatch(
      /^curl -H 'Authorization: Bearer replyloop_…'.*suggest$/,
    );
  });

  it('makes a token for what was chosen, and shows it with a first request', async () => {
    answers['GET /api/program-tokens'] = () => json([]);
    answers['POST /api/program-tokens'] = () => json({ token, secret: 'replyloop_secret' });
    const box = await page(<ProgramsPage />);
    await press(box, 'Make a token');
    await type(box, 'name', 'Chatwoot');
    await submit(box);
    expect(box.querySelector('dialog [role=alert]')?.textContent).toBe('Choose at least one.');
    expect(document.activeElement).toBe(box.querySelector('input[value=suggest]'));

    box.querySelector<HTMLInputElement>('input[value="knowledge.read"]')?.click();
    answers['GET /api/program-tokens'] = () => json([token]);
    await submit(box);
    const shown = [...box.querySelectorAll('dialog code')].map((code) => code.textContent);
    expect(shown).toEqual([
      'replyloop_secret',
      `curl -H 'Authorization: Bearer replyloop_secret' ${location.origin}/api/replies`,
    ]);
    await press(box, 'Close');
    expect(box.querySelector('dialog dialog')?.textContent).toContain('Leave without saving?');
    await press(box, 'Go on editing');
    expect(box.textContent).toContain('replyloop_secret');
    await press(box, 'Copy');
    await press(box, 'Close');
    expect(box.querySelector('dialog')).toBeNull();
    expect(box.textContent).toContain('ends with 9fQk');
    expect(box.textContent).not.toContain('replyloop_secret');
  });

  it('says what each may do, one by one, and the names that programs use where they are chosen', async () => {
    answers['GET /api/program-tokens'] = () =>
      json([{ ...token, scopes: ['knowledge.read', 'knowledge.write'] }]);
    const box = await page(<ProgramsPage />);
    const tags = [...box.querySelectorAll('.scopes > .tag')].map(({ textContent }) => textContent);
    expect(tags).toEqual(['Read the knowledge base', 'Change the knowledge base, and import into it']);
    await press(box, 'Make a token');
    expect(box.querySelector('label:has(input[value="knowledge.write"])')?.textContent).toContain(
      'knowledge.write',
    );
  });

  it('says why a token has stopped', async () => {
    answers['GET /api/program-tokens'] = () => json([{ ...token, state: 'maker-left' }]);
    const box = await page(<ProgramsPage />);
    expect(box.querySelector('.notice')?.textContent).toContain('Grace is no admin any more');
  });
});
