import { composerTexts } from './composer-texts';
import type { Draft } from './drafts';
import { piecesOf, wordCount, type Piece } from '../shared/words-changed';

/** What the agent has changed of the reply that the text was made from: in a line, and word by word where it is unfolded. */
export function Difference({ draft: { text, origin } }: { draft: Draft }) {
  const t = composerTexts();
  if (origin?.title === undefined) return null;
  const madeFrom =
    origin.impression === undefined
      ? t.madeFromCanned({ title: origin.title })
      : t.madeFrom({ title: origin.title });
  const before = origin.text?.trim();
  const now = text.trim();
  const pieces = before === undefined || before === now ? undefined : piecesOf(before, now);
  if (!pieces)
    return (
      <div class="made-from row">
        <span class="tag accent origin">{madeFrom}</span>
      </div>
    );
  const [added, removed] = [wordCount(pieces, 'added'), wordCount(pieces, 'removed')];
  return (
    <details class="made-from difference">
      <summary class="tag accent origin">
        {madeFrom} · {t.changed({ added, removed })}
      </summary>
      <p dir="auto" aria-label={t.difference}>
        {pieces.map((piece, index) => (
          <Changed key={index} {...piece} />
        ))}
      </p>
    </details>
  );
}

/** Colours and lines are not all that tells them apart: a screen reader says which is which. */
function Changed({ what, text }: Piece) {
  const t = composerTexts();
  if (what === 'same') return <>{text}</>;
  if (what === 'added')
    return (
      <ins>
        <span class="out-of-sight">{t.added} </span>
        {text}
      </ins>
    );
  return (
    <del>
      <span class="out-of-sight">{t.removed} </span>
      {text}
    </del>
  );
}
