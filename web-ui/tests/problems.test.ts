import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Problem, problemOf, signIn } from '../src/shared/api';
import { chooseLanguage } from '../src/shared/language';
import { shortestPassword } from '../src/shared/new-password';
import { problemText, ruleTexts } from '../src/shared/problem-text';
import { codeText } from '../src/shared/problems';

const java = (file: string) => readFileSync(`../src/main/java/io/replyloop/${file}.java`, 'utf8');
const wireNames = (file: string, constant: RegExp) =>
  [...java(file).matchAll(constant)].map(([, name = '']) => name.toLowerCase().replaceAll('_', '-'));
const codes = wireNames('platform/ProblemCode', /^ {4}([A-Z_]+)\(\d+\)[,;]/gm);
const rules = wireNames('platform/FieldRule', /^ {4}([A-Z_]+)[,;]/gm);

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
    expect(codeText(code, 'in English')).not.toContain('English');
  });

  it.each([
    new Problem(418, 'of-a-newer-server', 'in English'),
    new Problem(400, 'invalid', 'in English', [{ field: 'name', message: 'in English', rule: 'newer' }]),
    new Problem(500, 'internal', 'in English', [], '5f3a9c01'),
    new SyntaxError('in English'),
    new Error('in English'),
  ])('has no English in it, whatever it is: %s', (problem) => {
    chooseLanguage('zh');
    expect(problemText(problem)).toMatch(/[\u4e00-\u9fff]/);
    expect(problemText(problem)).not.toContain('English');
  });

  it('has every rule of the server to tell of', () => {
    expect(rules).toContain('too-long');
    expect(Object.keys(ruleTexts()).sort()).toEqual([...rules].sort());
  });

  it('names the entry that is refused and why, in both languages', () => {
    const refused = (field: string, why: string, entry: string) =>
      new Problem(400, 'invalid', 'in English', [
        { field, message: 'in English', rule: 'malformed', values: { why, entry } },
      ]);
    const labels = { allowedOrigins: 'Where', cron: 'When' };
    const underscore = refused('allowedOrigins', 'underscore', 'https://my_shop.example');
    const never = refused('cron', 'never', '0 3 31 2 *');
    expect(problemText(underscore, labels)).toContain('“https://my_shop.example” has an underscore');
    expect(problemText(never, labels)).toContain('“0 3 31 2 *” never comes.');
    chooseLanguage('zh');
    expect(problemText(underscore, labels)).toContain('“https://my_shop.example”含有下划线');
    expect(problemText(never, labels)).toContain('永远不会到来');
  });

  it('names the field by its label, and what to do', () => {
    const refusal = new Problem(400, 'invalid', 'password: use at least 10 characters', [
      { field: 'password', message: 'use more', rule: 'too-short', values: { min: 10 } },
      { field: 'email', message: 'is no address', rule: 'malformed', values: {} },
    ]);
    const labels = { password: '密码', email: '邮箱' };
    expect(problemText(refusal, { password: 'Password', email: 'E-mail address' })).toBe(
      'Password: use at least 10 characters. E-mail address: this is not written as it should be. An e-mail address looks like anna@example.com.',
    );
    chooseLanguage('zh');
    expect(problemText(refusal, labels)).toBe(
      '“密码”至少需要 10 个字符。“邮箱”的格式不正确。邮箱的格式如 anna@example.com。',
    );
  });

  it('says how long to wait, and under what the log has a failure', () => {
    expect(problemText(new Problem(429, 'rate-limited', '', [], undefined, 8_200))).toContain('in 9 s');
    expect(problemText(new Problem(500, 'internal', '', [], '5f3a9c01'))).toContain('5f3a9c01');
  });

  it('understands what a proxy answers in place of the server', () => {
    expect(problemOf(502, '<html>Bad gateway</html>').code).toBe('unavailable');
    expect(problemOf(413, undefined).code).toBe('too-large');
  });

  it('tells the rule for passwords that the server has', () => {
    expect(java('identity/Passwords')).toContain(`SHORTEST = ${String(shortestPassword)};`);
  });

  it.each(codes)('is more than nothing, also without a sentence of the server: %s', (code) => {
    expect(codeText(code, 'more')).not.toBe('');
    expect(codeText(code, '')).not.toBe('');
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
