import { afterEach, expect, it, vi } from 'vitest';
import { languageHint } from '../src/console/language-hint';
import { chooseLanguage } from '../src/shared/language';
import { summary } from './console-bench';
import { at } from './customer-bench';

const writes = (language?: string) => summary('one', at, { triage: { language } });

afterEach(() => {
  vi.restoreAllMocks();
  chooseLanguage('en');
});

it('is there only where the customer writes what neither console nor browser of the agent is in', () => {
  const browser = vi.spyOn(navigator, 'languages', 'get').mockReturnValue(['de-AT', 'en']);
  expect(languageHint(writes('zh'))).toContain('writes Chinese');
  expect(languageHint(writes('other'))).toBeUndefined();
  expect(languageHint(writes())).toBeUndefined();
  expect(languageHint(undefined)).toBeUndefined();

  browser.mockReturnValue(['en', 'zh-TW']);
  expect(languageHint(writes('zh'))).toBeUndefined();

  chooseLanguage('zh');
  expect(languageHint(writes('other'))).toBeUndefined();
  browser.mockReturnValue(['zh-CN', 'zh']);
  expect(languageHint(writes('other'))).toContain('不是中文');
  expect(languageHint(writes('zh'))).toBeUndefined();
});
