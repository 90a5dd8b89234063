import { Icon } from '../shared/team-icons';
import { saveTranscript } from '../shared/transcript';
import { transcriptTexts } from '../shared/transcript-texts';
import { labelled } from '../shared/language';
import type { Rating } from '../shared/frames';
import { ratingTexts, scoreWord } from '../shared/rating-texts';
import { customerName } from './customer-name';
import { happening } from './warnings';
import type { Workspace } from './workspace';

function words({ score, comment }: Rating): string {
  const said = ratingTexts().outOf({ score, word: scoreWord(score) });
  return comment ? labelled(said, comment) : said;
}

/** What the customer said of a resolution, in its line. */
export function Rated({ workspace, resolution }: { workspace: Workspace; resolution?: number }) {
  const rating = resolution === undefined ? undefined : workspace.thread.value?.ratings.value.get(resolution);
  return rating ? (
    <span class="rated" dir="auto">
      {ratingTexts().rated({ rating: words(rating) })}
    </span>
  ) : null;
}

/** The newest that the customer said, among what is known of them. */
export function NewestRating({ workspace }: { workspace: Workspace }) {
  const ratings = [...(workspace.thread.value?.ratings.value.values() ?? [])];
  const newest = ratings.sort((one, other) => other.resolution - one.resolution)[0];
  return newest ? (
    <div>
      <dt>{ratingTexts().rating}</dt>
      <dd dir="auto">{words(newest)}</dd>
    </div>
  ) : null;
}

/** The conversation as the customer has seen it: without notes. */
export function SaveTranscript({ workspace }: { workspace: Workspace }) {
  const thread = workspace.thread.value;
  const summary = thread?.summary.value;
  if (!thread || !summary) return null;
  const save = () => {
    const name = customerName(summary);
    saveTranscript(
      name,
      thread.log.events
        .peek()
        .filter(({ kind }) => kind !== 'note')
        .map((event) => ({
          ...event,
          ...(event.kind === 'message'
            ? { who: event.author.name || name, text: event.text ?? '' }
            : { text: happening(event) }),
        })),
    );
  };
  return (
    <div>
      <button type="button" class="button small" disabled={!thread.caughtUp.value} onClick={save}>
        <Icon name="download" /> {transcriptTexts().save}
      </button>
    </div>
  );
}
