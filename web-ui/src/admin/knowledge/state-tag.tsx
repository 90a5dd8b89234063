import type { Reply } from '../rest';
import { knowledgeTexts } from './knowledge-texts';

export function StateTag({ state }: { state: Reply['state'] }) {
  const tone = { draft: 'warn', published: 'good', archived: '' }[state];
  return <span class={`tag ${tone}`}>{knowledgeTexts()[state]}</span>;
}
