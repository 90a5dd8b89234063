import { LeaveButton } from '../../shared/dialog';
import type { Reply } from '../rest';
import type { Content } from './content';
import { Differences } from './differences';
import { editorTexts } from './editor-texts';
import { knowledgeTexts } from './knowledge-texts';

interface ConflictProps {
  theirs: Reply;
  mine: Content;
  take: () => void;
  keep: () => void;
}

/** Somebody else was faster: what they have saved, and what saving one's own would make of it. */
export function Conflict({ theirs, mine, take, keep }: ConflictProps) {
  const t = knowledgeTexts();
  return (
    <div class="notice warn stack conflict">
      <div class="stack conflict-texts" tabIndex={0} role="group" aria-label={t.conflict}>
        <div class="stack" role="alert">
          <p>
            {t.conflict} ({t.version(theirs.version)})
          </p>
          <blockquote class="quote">
            <strong>{theirs.title}</strong>
            <br />
            {theirs.text}
          </blockquote>
        </div>
        <p>{editorTexts().mineWould}</p>
        <Differences before={theirs} after={mine} />
      </div>
      <div class="row">
        <LeaveButton class="button small" then={take}>
          {t.takeTheirs}
        </LeaveButton>
        <button type="button" class="button small" onClick={keep}>
          {t.keepMine}
        </button>
      </div>
    </div>
  );
}
