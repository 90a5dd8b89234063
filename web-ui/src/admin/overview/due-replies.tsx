import { request } from '../../shared/api';
import { useLoaded } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import { usageTexts } from '../knowledge/usage-texts';
import type { ReplyReviews } from '../rest';

/** Replies whose review date has come; nothing where there are none. */
export function DueReplies() {
  const loaded = useLoaded(() => request<ReplyReviews>('/api/reply-reviews'));
  const due = loaded.value.value?.due ?? 0;
  if (due === 0) return <ProblemNotice text={loaded.problem.value} />;
  return (
    <p class="notice warn">
      <a href="#/knowledge/to-review">{usageTexts().dueOnes({ number: due })}</a>
    </p>
  );
}
