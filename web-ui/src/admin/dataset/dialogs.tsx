import { useRef } from 'preact/hooks';
import { request, type Page } from '../../shared/api';
import { Dialog, LeaveButton } from '../../shared/dialog';
import { Form, fieldText, formValues } from '../../shared/form';
import { labelled } from '../../shared/language';
import { useAct, useLoaded, useTyped } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import type { Example, Reply } from '../rest';
import { adminTexts } from '../texts';
import { Waiting } from '../waiting';
import { datasetTexts } from './dataset-texts';

const mostShown = 20;

interface DialogProps {
  closed: () => void;
}

/** Asks which reply would have fitted. */
export function AnotherReply({
  example,
  closed,
  chosen,
}: DialogProps & { example: Example; chosen: (reply: string) => Promise<void> }) {
  const t = datasetTexts();
  const { typed, settled: q } = useTyped('');
  const replies = useLoaded(
    () =>
      request<Page<Reply>>('/api/replies', {
        query: { q: q.value, state: 'published', limit: mostShown },
      }),
    [q.value],
  );
  const { busy, problem, run } = useAct();
  const found = replies.value.value?.items.filter(({ id }) => id !== example.replyId);
  return (
    <Dialog label={t.whichReply} class="wide-dialog" closed={closed}>
      <div class="stack">
        <h2>{t.whichReply}</h2>
        <p class="hint">{t.whichReplyText}</p>
        <label class="field">
          <span>{t.findReply}</span>
          <input
            type="search"
            autofocus
            value={typed.value}
            onInput={({ currentTarget: { value } }) => (typed.value = value)}
          />
        </label>
        <ProblemNotice text={problem.value} />
        {!found ? (
          <Waiting loaded={replies} />
        ) : found.length === 0 ? (
          <p class="hint" role="status">
            {t.noReply}
          </p>
        ) : (
          <ul class="card list replies-to-choose">
            {found.map(({ id, title, text }) => (
              <li key={id}>
                <div class="grow">
                  <strong dir="auto">{title}</strong>
                  <div class="hint clamp" dir="auto">
                    {text}
                  </div>
                </div>
                <button
                  type="button"
                  class="button small"
                  aria-label={labelled(t.choose, title)}
                  disabled={busy.value}
                  onClick={() => void run(() => chosen(id))}
                >
                  {t.choose}
                </button>
              </li>
            ))}
          </ul>
        )}
        <div class="row">
          <LeaveButton class="button quiet">{adminTexts().cancel}</LeaveButton>
        </div>
      </div>
    </Dialog>
  );
}

export function CommentDialog({ closed, save }: DialogProps & { save: (text: string) => Promise<void> }) {
  const t = datasetTexts();
  const form = useRef<HTMLFormElement>(null);
  const { busy, problem, run } = useAct(() => ({ text: datasetTexts().commentText }));
  return (
    <Dialog label={t.commentTitle} closed={closed}>
      <Form form={form} submitted={() => void run(() => save(fieldText(formValues(form.current), 'text')))}>
        <h2>{t.commentTitle}</h2>
        <label class="field">
          <span>{t.commentText}</span>
          <textarea name="text" rows={4} required maxLength={2000} autofocus />
          <span class="hint">{t.commentHint}</span>
        </label>
        <ProblemNotice text={problem.value} />
        <div class="row">
          <button type="submit" class="button primary" disabled={busy.value}>
            {adminTexts().save}
          </button>
          <LeaveButton class="button quiet">{adminTexts().cancel}</LeaveButton>
        </div>
      </Form>
    </Dialog>
  );
}
