import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Problem, signIn } from '../src/shared/api';
import { chooseLanguage } from '../src/shared/language';
import { codeText, problemText } from '../src/shared/problems';

const source = readFileSync('../src/main/java/io/replyloop/platform/ProblemCode.java', 'utf8');
const codes = [...source.matchAll(/^ {4}([A-Z_]+)\(\d+\)[,;]/gm)].map(([, name = '']) =>
  name.toLowerCase().replaceAll('_', '-'),
);

describe('what a person is told of a problem', () => {
  afterEach(() => {
    chooseLanguage('en');
    vi.unstubAllGlobals();
  });

  it('has every code of the server to tell of', () => {
    expect(codes).toContain('too-slow');
    expect(codes).toContain('unavailable');
  });

  it.each(codes)('is in Chinese for Chinese readers: %s', (code) => {
    chooseLanguage('zh');
    expect(codeText(code, 'in English')).toMatch(/[\u4e00-\u9fff]/);
  });

  it.each(codes)('is more than nothing, also without a sentence of the server: %s', (code) => {
    expect(codeText(code, 'more')).not.toBe('');
    if (!['invalid', 'malformed-request'].includes(code)) expect(codeText(code, '')).not.toBe('');
  });

  it('keeps what only the server knows', () => {
    expect(codeText('invalid', 'title: may not be empty')).toBe('title: may not be empty');
    expect(codeText('too-few-examples', 'There are 3, and 4 are needed.')).toContain('4 are needed');
  });

  it.each([
    ['http', false, 'replyloop.signin.secure-cookie'],
    ['https', true, 'Allow cookies'],
  ])('says over %s why a browser does not keep a sign-in', async (_scheme, isSecureContext, told) => {
    vi.stubGlobal('isSecureContext', isSecureContext);
    vi.stubGlobal('fetch', (_path: string, { method }: RequestInit) =>
      Promise.resolve(
        method === 'POST'
          ? new Response('{"id":"ada"}')
          : new Response('{"code":"signed-out"}', { status: 401 }),
      ),
    );
    const problem: unknown = await signIn('ada@team.example', 'a password').catch(
      (refusal: unknown) => refusal,
    );
    expect(problem).toBeInstanceOf(Problem);
    expect(problemText(problem)).toContain(told);
  });
});
