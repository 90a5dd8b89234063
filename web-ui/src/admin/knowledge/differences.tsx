import { withCommas } from '../../shared/language';
import { piecesOf, type Piece } from '../../shared/words-changed';
import type { Content } from './content';
import { editorTexts } from './editor-texts';
import { knowledgeTexts } from './knowledge-texts';

const fields = ['title', 'text', 'choices', 'language', 'categories', 'shortcode', 'label'] as const;

function told(content: Content, field: (typeof fields)[number]): string {
  const value = content[field];
  return Array.isArray(value) ? withCommas(value) : (value ?? '').trim();
}

/** Whether two say the same in every field. */
export function isSame(one: Content, other: Content): boolean {
  return fields.every((field) => told(one, field) === told(other, field));
}

/** What is different between two contents of a reply: word by word, Chinese by characters. */
export function Differences({ before, after }: { before: Content; after: Content }) {
  const t = editorTexts();
  const names = knowledgeTexts();
  const changed = fields.filter((field) => told(before, field) !== told(after, field));
  if (changed.length === 0) return <p class="hint">{t.noDifference}</p>;
  return (
    <dl class="differences">
      {changed.map((field) => (
        <div key={field}>
          <dt>{names[field]}</dt>
          <dd dir="auto">
            <Words before={told(before, field)} after={told(after, field)} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Words({ before, after }: { before: string; after: string }) {
  // Where too much is different to be compared word by word, each is there as a whole.
  const whole: Piece[] = [
    { what: 'removed', text: before },
    { what: 'added', text: after },
  ];
  const pieces = piecesOf(before, after) ?? whole;
  return pieces.filter(({ text }) => text).map((piece, index) => <Changed key={index} {...piece} />);
}

/** Colours and lines are not all that tells them apart: a screen reader says which is which. */
function Changed({ what, text }: Piece) {
  const t = editorTexts();
  if (what === 'same') return <>{text}</>;
  const Tag = what === 'added' ? 'ins' : 'del';
  return (
    <Tag>
      <span class="out-of-sight">{t[what]} </span>
      {text}
    </Tag>
  );
}
