import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { LeaveButton } from '../../shared/dialog';
import { fieldText } from '../../shared/form';
import { labelled } from '../../shared/language';
import { knowledgeTexts } from './knowledge-texts';
import { StateTag } from './state-tag';
import { useSimilarReplies } from './similar-replies';

const after = 600;

interface SimilarProps {
  /** Whose title and text are compared while they are written. */
  form: RefObject<HTMLFormElement | null>;
  /** Counts up when the text has been changed by other means than typing. */
  changes: number;
  open: (reply: string) => void;
}

/** Replies that may say the same already, so that nobody writes them twice. */
export function SimilarReplies({ form, changes, open }: SimilarProps) {
  const t = knowledgeTexts();
  const { found, look } = useSimilarReplies();
  useEffect(() => {
    const fields = form.current;
    if (!fields) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const compare = () => {
      const values = new FormData(fields);
      // A failure takes nothing away but this help; saving tells what is wrong.
      look(fieldText(values, 'title'), fieldText(values, 'text')).catch(() => (found.value = []));
    };
    const typed = () => {
      clearTimeout(timer);
      timer = setTimeout(compare, after);
    };
    compare();
    fields.addEventListener('input', typed);
    return () => {
      clearTimeout(timer);
      fields.removeEventListener('input', typed);
    };
  }, [changes]);
  const replies = found.value;
  return (
    <div role="status" class="similar">
      {replies.length > 0 && (
        <section class="notice warn stack" aria-label={t.similar}>
          <strong>{replies.some(({ same }) => same) ? t.sameThere : t.similar}</strong>
          <ul class="list">
            {replies.map(({ id, title, text, state }) => (
              <li key={id}>
                <div class="grow">
                  <div class="row">
                    <strong dir="auto">{title}</strong> <StateTag state={state} />
                  </div>
                  <div class="excerpt" dir="auto">
                    {text}
                  </div>
                </div>
                <LeaveButton
                  class="button small"
                  label={labelled(t.openInstead, title)}
                  then={() => open(id)}
                >
                  {t.openInstead}
                </LeaveButton>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
