import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { request } from '../../shared/api';
import { LeaveButton } from '../../shared/dialog';
import { fieldText } from '../../shared/form';
import { labelled } from '../../shared/language';
import type { SimilarReply } from '../rest';
import { knowledgeTexts } from './knowledge-texts';
import { StateTag } from './knowledge';

const after = 600;
const longest = { title: 200, text: 8000 };

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
  const found = useSignal<SimilarReply[]>([]);
  const newest = useRef(0);
  useEffect(() => {
    const fields = form.current;
    if (!fields) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const compare = async () => {
      const mine = ++newest.current;
      const values = new FormData(fields);
      const title = fieldText(values, 'title');
      const text = fieldText(values, 'text');
      const comparable = text !== '' && title.length <= longest.title && text.length <= longest.text;
      // A failure takes nothing away but this help; saving tells what is wrong.
      const similar = comparable
        ? await request<SimilarReply[]>('/api/unanswered/similar', {
            method: 'POST',
            json: { title, text },
          }).catch(() => [])
        : [];
      if (mine === newest.current) found.value = similar;
    };
    const typed = () => {
      clearTimeout(timer);
      timer = setTimeout(() => void compare(), after);
    };
    void compare();
    fields.addEventListener('input', typed);
    return () => {
      clearTimeout(timer);
      newest.current += 1;
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
