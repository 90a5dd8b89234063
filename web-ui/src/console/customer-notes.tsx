import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Problem, request, type Session } from '../shared/api';
import { Dialog, LeaveButton } from '../shared/dialog';
import { fieldText, Form, formValues } from '../shared/form';
import { newId } from '../shared/ids';
import { dateAndTime, withCommas } from '../shared/language';
import { useAct } from '../shared/load';
import { ProblemNotice } from '../shared/problem-notice';
import type { components } from '../shared/rest';
import type { CustomerProfile } from './customer-card';
import { customerTexts } from './customer-texts';

type Note = components['schemas']['CustomerNote'];

const most = 50;
const longest = 2_000;

/** What was typed and not added, by customer: looking at another conversation meanwhile loses nothing. */
const unsent = new Map<string, string>();

interface CustomerNotesProps {
  me: Session;
  profile: CustomerProfile;
  reload: () => Promise<void>;
}

export function CustomerNotes({ me, profile, reload }: CustomerNotesProps) {
  const t = customerTexts();
  const { id: customer, notes } = profile;
  return (
    <section aria-label={t.notes} class="customer-notes">
      <h3>{t.notes}</h3>
      {notes.length < most ? (
        <NewNote customer={customer} reload={reload} />
      ) : (
        <p class="hint">{t.mostNotes}</p>
      )}
      {notes.length === 0 && <p class="hint">{t.noNotes}</p>}
      <ul>
        {notes.map((note) => (
          <li key={note.id}>
            <OneNote
              note={note}
              address={`/api/customers/${customer}/notes/${note.id}`}
              mayChange={me.role === 'admin' || note.author === me.id}
              reload={reload}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

function sendsByKey(event: KeyboardEvent & { currentTarget: HTMLTextAreaElement }): void {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit();
}

function NewNote({ customer, reload }: { customer: string; reload: () => Promise<void> }) {
  const t = customerTexts();
  const form = useRef<HTMLFormElement>(null);
  /** The same for each try, so that one whose answer was lost is not added twice. */
  const id = useRef(newId());
  const { busy, problem, run, forget } = useAct(() => ({ text: t.note }));
  const add = () =>
    void run(async () => {
      const text = fieldText(formValues(form.current), 'text');
      await request(`/api/customers/${customer}/notes`, { method: 'POST', json: { id: id.current, text } });
      id.current = newId();
      unsent.delete(customer);
      form.current?.reset();
      await reload();
    });
  return (
    <Form form={form} submitted={add}>
      <textarea
        name="text"
        rows={2}
        required
        maxLength={longest}
        dir="auto"
        aria-label={t.newNote}
        placeholder={t.newNote}
        defaultValue={unsent.get(customer) ?? ''}
        onKeyDown={sendsByKey}
        onInput={(event) => {
          forget();
          unsent.set(customer, event.currentTarget.value);
        }}
      />
      <ProblemNotice text={problem.value} />
      <div>
        <button type="submit" class="button small" disabled={busy.value}>
          {t.addNote}
        </button>
      </div>
    </Form>
  );
}

interface OneNoteProps {
  note: Note;
  address: string;
  mayChange: boolean;
  reload: () => Promise<void>;
}

function OneNote({ note, address, mayChange, reload }: OneNoteProps) {
  const t = customerTexts();
  /** The version that is being changed. */
  const editing = useSignal<number | undefined>(undefined);
  const deleting = useSignal(false);
  const editor = useRef<HTMLButtonElement>(null);
  const { authorName: name } = note;
  const closed = () => {
    editing.value = undefined;
    queueMicrotask(() => editor.current?.focus());
  };
  return (
    <>
      <p class="note-text" dir="auto">
        {note.text}
      </p>
      <p class="hint small-print">
        {withCommas(
          [
            t.by({ name, time: dateAndTime(note.createdAt) }),
            note.changedAt && t.changed({ time: dateAndTime(note.changedAt) }),
          ].filter((said) => !!said) as string[],
        )}
      </p>
      {editing.value !== undefined && <EditNote {...{ note, address, reload, editing, closed }} />}
      {mayChange && editing.value === undefined && (
        <div class="row">
          <button
            ref={editor}
            type="button"
            class="button quiet small"
            aria-label={t.editNote({ name })}
            onClick={() => (editing.value = note.version)}
          >
            {t.edit}
          </button>
          <button
            type="button"
            class="button quiet small"
            aria-label={t.deleteNote({ name })}
            onClick={() => (deleting.value = true)}
          >
            {t.delete}
          </button>
        </div>
      )}
      {deleting.value && (
        <DeleteNote {...{ note, address, reload }} closed={() => (deleting.value = false)} />
      )}
    </>
  );
}

interface EditNoteProps extends Omit<OneNoteProps, 'mayChange'> {
  editing: { value: number | undefined };
  closed: () => void;
}

function EditNote({ note, address, reload, editing, closed }: EditNoteProps) {
  const t = customerTexts();
  const form = useRef<HTMLFormElement>(null);
  const changed = useSignal(false);
  const { busy, problem, run } = useAct(() => ({ text: t.note }));
  useEffect(() => form.current?.querySelector('textarea')?.focus(), []);
  const save = () =>
    void run(async () => {
      changed.value = false;
      const json = { text: fieldText(formValues(form.current), 'text'), version: editing.value };
      try {
        await request(address, { method: 'PUT', json });
      } catch (refused) {
        if (!(refused instanceof Problem) || refused.code !== 'conflict') throw refused;
        await reload();
        changed.value = true;
        return;
      }
      await reload();
      closed();
    });
  // Once it has been told, and read above, the next try is meant.
  useEffect(() => {
    if (changed.value) editing.value = note.version;
  }, [changed.value, note.version]);
  return (
    <div
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.isComposing) return;
        event.stopPropagation();
        closed();
      }}
    >
      <Form form={form} submitted={save}>
        <textarea
          name="text"
          rows={3}
          required
          maxLength={longest}
          dir="auto"
          aria-label={t.editNote({ name: note.authorName })}
          defaultValue={note.text}
          onKeyDown={sendsByKey}
        />
        <ProblemNotice text={changed.value ? t.noteChanged : problem.value} />
        <div class="row">
          <button type="submit" class="button primary small" disabled={busy.value}>
            {t.save}
          </button>
          <button type="button" class="button small" onClick={closed}>
            {t.cancel}
          </button>
        </div>
      </Form>
    </div>
  );
}

interface DeleteNoteProps extends Omit<OneNoteProps, 'mayChange'> {
  closed: () => void;
}

function DeleteNote({ note, address, reload, closed }: DeleteNoteProps) {
  const t = customerTexts();
  const { busy, problem, run } = useAct();
  const erase = () =>
    void run(async () => {
      await request(address, { method: 'DELETE' });
      closed();
      await reload();
    });
  return (
    <Dialog label={t.deleteTitle} closed={closed}>
      <h2>{t.deleteTitle}</h2>
      <blockquote class="quote note-text" dir="auto">
        {note.text}
      </blockquote>
      <p>{t.deleteText}</p>
      <ProblemNotice text={problem.value} />
      <div class="row">
        <button type="button" class="button danger" disabled={busy.value} onClick={erase}>
          {t.delete}
        </button>
        <LeaveButton>{t.cancel}</LeaveButton>
      </div>
    </Dialog>
  );
}
