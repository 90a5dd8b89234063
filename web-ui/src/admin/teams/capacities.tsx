import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { request } from '../../shared/api';
import { Dialog } from '../../shared/dialog';
import { fieldText, Form, formValues } from '../../shared/form';
import { labelled } from '../../shared/language';
import { useAct, useLoaded } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import type { Colleague } from '../rest';
import { DialogButtons } from '../dialog-buttons';
import { Waiting } from '../waiting';
import { teamTexts } from './texts';

/** How many open conversations each person is given at most. */
export function Capacities() {
  const t = teamTexts();
  const loaded = useLoaded(() => request<Colleague[]>('/api/colleagues'));
  const editing = useSignal<Colleague | undefined>(undefined);
  return (
    <section class="stack">
      <div>
        <h2>{t.people}</h2>
        <p class="hint">{t.peopleIntro}</p>
      </div>
      {!loaded.value.value && <Waiting loaded={loaded} />}
      {loaded.value.value && (
        <ul class="card list">
          {loaded.value.value.map((colleague) => (
            <li key={colleague.id}>
              <strong class="grow">{colleague.name}</strong>
              <span class="hint">{t.capacityOf({ capacity: colleague.capacity })}</span>
              <button
                type="button"
                class="button small"
                aria-label={labelled(`${t.edit} · ${t.capacity}`, colleague.name)}
                onClick={() => (editing.value = colleague)}
              >
                {t.edit}
              </button>
            </li>
          ))}
        </ul>
      )}
      {editing.value && (
        <CapacityDialog
          colleague={editing.value}
          closed={() => (editing.value = undefined)}
          saved={loaded.reload}
        />
      )}
    </section>
  );
}

interface CapacityDialogProps {
  colleague: Colleague;
  closed: () => void;
  saved: () => Promise<void>;
}

function CapacityDialog({ colleague, closed, saved }: CapacityDialogProps) {
  const t = teamTexts();
  const form = useRef<HTMLFormElement>(null);
  const { busy, problem, run } = useAct(() => ({ capacity: t.capacity }));
  const save = () =>
    void run(async () => {
      const capacity = Number(fieldText(formValues(form.current), 'capacity'));
      await request(`/api/colleagues/${colleague.id}/capacity`, { method: 'PUT', json: { capacity } });
      await saved();
      closed();
    });
  const title = labelled(t.people, colleague.name);
  return (
    <Dialog label={title} closed={closed}>
      <Form form={form} submitted={save}>
        <h2>{title}</h2>
        <label class="field">
          <span>{t.capacity}</span>
          <input type="number" name="capacity" required min={1} max={100} defaultValue={colleague.capacity} />
        </label>
        <ProblemNotice text={problem.value} />
        <DialogButtons busy={busy.value} />
      </Form>
    </Dialog>
  );
}
