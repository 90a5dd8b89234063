import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { request } from '../../shared/api';
import { Dialog, LeaveButton } from '../../shared/dialog';
import { Form, fieldText, formValues } from '../../shared/form';
import { count, dateAndTime, labelled } from '../../shared/language';
import { useAct, useLoaded } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import type { SetAsideGroup, UnansweredGroup } from '../rest';
import { adminTexts } from '../texts';
import { Waiting } from '../waiting';
import { unansweredTexts } from './unanswered-texts';

const fewestMore = 3;

interface SetAsideProps {
  group: UnansweredGroup;
  closed: () => void;
  saved: () => Promise<void>;
}

/** Asks why a group is nothing for the knowledge base. */
export function SetAsideDialog({ group, closed, saved }: SetAsideProps) {
  const t = unansweredTexts();
  const form = useRef<HTMLFormElement>(null);
  const { busy, problem, run } = useAct(() => ({ reason: unansweredTexts().reason }));
  const more = Math.max(fewestMore, group.count);
  const save = () =>
    run(async () => {
      const reason = fieldText(formValues(form.current), 'reason');
      await request(`/api/unanswered/${group.id}/set-aside`, { method: 'PUT', json: { reason } });
      closed();
      await saved();
    });
  return (
    <Dialog label={t.setAsideTitle} closed={closed}>
      <Form form={form} submitted={() => void save()}>
        <h2>{t.setAsideTitle}</h2>
        <blockquote class="quote" dir="auto">
          {group.examples[0]?.text}
        </blockquote>
        <p>{t.setAsideText({ number: more })}</p>
        <label class="field">
          <span>{t.reason}</span>
          <input name="reason" required maxLength={500} autofocus />
          <span class="hint">{t.reasonHint}</span>
        </label>
        <ProblemNotice text={problem.value} />
        <div class="row">
          <button type="submit" class="button primary" disabled={busy.value}>
            {t.putAside}
          </button>
          <LeaveButton class="button quiet">{adminTexts().cancel}</LeaveButton>
        </div>
      </Form>
    </Dialog>
  );
}

/** What was set aside, for whoever has thought better of it. */
export function SetAsideList({ number, changed }: { number: number; changed: () => Promise<void> }) {
  const t = unansweredTexts();
  const isOpen = useSignal(false);
  if (number === 0 && !isOpen.value) return null;
  return (
    <section class="stack">
      <div>
        <button
          type="button"
          class="button"
          aria-expanded={isOpen.value}
          onClick={() => (isOpen.value = !isOpen.value)}
        >
          {t.areSetAside({ number: count(number) })}
        </button>
      </div>
      {isOpen.value && <Decisions key={number} changed={changed} />}
    </section>
  );
}

function Decisions({ changed }: { changed: () => Promise<void> }) {
  const t = unansweredTexts();
  const loaded = useLoaded(() => request<SetAsideGroup[]>('/api/unanswered/set-aside'));
  const { busy, problem, run } = useAct();
  const found = loaded.value.value;
  if (!found) return <Waiting loaded={loaded} />;
  const takeBack = (id: string) =>
    run(async () => {
      await request(`/api/unanswered/set-aside/${id}`, { method: 'DELETE' });
      await loaded.reload();
      await changed();
    });
  return (
    <>
      <ProblemNotice text={problem.value} />
      {found.length === 0 && <p class="card hint">{t.nothingSetAside}</p>}
      {found.length > 0 && (
        <ul class="card list">
          {found.map(({ id, reason, at, questions, examples }) => (
            <li key={id}>
              <div class="grow">
                <strong dir="auto">{examples[0]?.text}</strong>
                <div>{reason}</div>
                <div class="hint">
                  {t.setAsideOn({ time: dateAndTime(at), questions: t.questions({ number: questions }) })}
                </div>
              </div>
              <button
                type="button"
                class="button small"
                aria-label={labelled(t.takeBack, examples[0]?.text ?? reason)}
                disabled={busy.value}
                onClick={() => void takeBack(id)}
              >
                {t.takeBack}
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
