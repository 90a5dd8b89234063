import type { Summary } from '../shared/frames';
import { language } from '../shared/language';
import { languageHintTexts } from './language-hint-texts';

/** What the agent reads, as far as the page knows: the language of the console, and those that their browser asks for. */
function agentReads(): { chinese: boolean; others: boolean } {
  const tags = [language.value, ...navigator.languages];
  const chinese = tags.filter((tag) => /^zh\b/i.test(tag));
  return { chinese: chinese.length > 0, others: chinese.length < tags.length };
}

/** Undefined where the customer writes what the agent reads, or nobody can tell. */
export function languageHint(summary: Summary | undefined): string | undefined {
  const written = summary?.triage?.language;
  const reads = agentReads();
  const t = languageHintTexts();
  if (written === 'zh' && !reads.chinese) return t.chinese;
  return written === 'other' && !reads.others ? t.other : undefined;
}
