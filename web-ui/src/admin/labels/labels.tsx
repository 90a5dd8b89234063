import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { request } from '../../shared/api';
import { Dialog, LeaveButton } from '../../shared/dialog';
import { Form, formValues } from '../../shared/form';
import { LabelTag, type Label } from '../../shared/label-tag';
import { labelled } from '../../shared/language';
import { useAct, useLoaded } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import { DialogButtons } from '../dialog-buttons';
import { adminTexts } from '../texts';
import { Waiting } from '../waiting';
import { labelTexts } from './labels-texts';

const colors = ['grey', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple', 'pink'] as const;

type Open = { edit: Label | undefined } | { remove: Label } | undefined;

/** Which labels agents can put on conversations. */
export function LabelsPage() {
  const t = adminTexts();
  const own = labelTexts();
  const labels = useLoaded(() => request<Label[]>('/api/labels'));
  const open = useSignal<Open>(undefined);
  if (!labels.value.value) return <Waiting loaded={labels} />;
  const closed = () => (open.value = undefined);
  return (
    <>
      <p class="hint">{own.intro}</p>
      <div>
        <button type="button" class="button primary" onClick={() => (open.value = { edit: undefined })}>
          {own.add}
        </button>
      </div>
      {labels.value.value.length === 0 && <p class="hint">{own.none}</p>}
      {labels.value.value.length > 0 && (
        <ul class="card list">
          {labels.value.value.map((label) => (
            <li key={label.id}>
              <div class="grow">
                <LabelTag label={label} />
              </div>
              <button
                type="button"
                class="button small"
                aria-label={labelled(t.edit, label.name)}
                onClick={() => (open.value = { edit: label })}
              >
                {t.edit}
              </button>
              <button
                type="button"
                class="button small"
                aria-label={labelled(own.delete, label.name)}
                onClick={() => (open.value = { remove: label })}
              >
                {own.delete}
              </button>
            </li>
          ))}
        </ul>
      )}
      {open.value && 'edit' in open.value && (
        <LabelDialog label={open.value.edit} closed={closed} saved={labels.reload} />
      )}
      {open.value && 'remove' in open.value && (
        <DeleteDialog label={open.value.remove} closed={closed} deleted={labels.reload} />
      )}
    </>
  );
}

interface LabelDialogProps {
  label: Label | undefined;
  closed: () => void;
  saved: () => Promise<void>;
}

function LabelDialog({ label, closed, saved }: LabelDialogProps) {
  const t = adminTexts();
  const own = labelTexts();
  const form = useRef<HTMLFormElement>(null);
  const { busy, problem, run } = useAct(() => ({ name: own.name, color: own.color }));
  const save = () =>
    run(async () => {
      const values = formValues(form.current);
      const json = { name: values.get('name'), color: values.get('color') };
      await request(label ? `/api/labels/${label.id}` : '/api/labels', {
        method: label ? 'PUT' : 'POST',
        json,
      });
      await saved();
      closed();
    });
  const title = label ? labelled(t.edit, label.name) : own.add;
  return (
    <Dialog label={title} closed={closed}>
      <Form form={form} submitted={() => void save()}>
        <h2>{title}</h2>
        <label class="field">
          <span>{own.name}</span>
          <input name="name" required maxLength={40} defaultValue={label?.name} />
        </label>
        <label class="field">
          <span>{own.color}</span>
          <select name="color">
            {colors.map((color) => (
              <option key={color} value={color} selected={(label?.color ?? 'blue') === color}>
                {own.colors[color]}
              </option>
            ))}
          </select>
        </label>
        <ProblemNotice text={problem.value} />
        <DialogButtons busy={busy.value} />
      </Form>
    </Dialog>
  );
}

interface DeleteDialogProps {
  label: Label;
  closed: () => void;
  deleted: () => Promise<void>;
}

function DeleteDialog({ label, closed, deleted }: DeleteDialogProps) {
  const t = adminTexts();
  const own = labelTexts();
  const { busy, problem, run } = useAct();
  const title = own.deleteTitle({ name: label.name });
  return (
    <Dialog label={title} closed={closed}>
      <div class="stack">
        <h2>{title}</h2>
        <p>{own.deleteText}</p>
        <ProblemNotice text={problem.value} />
        <div class="row">
          <LeaveButton>{t.cancel}</LeaveButton>
          <button
            type="button"
            class="button danger"
            disabled={busy.value}
            onClick={() =>
              void run(async () => {
                await request(`/api/labels/${label.id}`, { method: 'DELETE' });
                await deleted();
                closed();
              })
            }
          >
            {own.delete}
          </button>
        </div>
      </div>
    </Dialog>
  );
}
