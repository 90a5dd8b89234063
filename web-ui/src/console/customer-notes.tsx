import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { Problem, request, type Session } from '../shared/api';
import { composing } from '../shared/composer';
import { Dialog, LeaveButton, Leaving } from '../shared/dialog';
import { fieldText, Form, formValues } from '../shared/form';
import { newId } from '../shared/ids';
import { dateAndTime, withCommas } from '../shared/language';
import { useAct } from '../shared/load';
import { ProblemNotice } from '../shared/problem-notice';
import type { CustomerProfile } from './customer-card';
import { customerTexts } from './customer-texts';
import { unsentNotes, type Note, type Unsent } from './unsent-notes';

const most = 50;
const longest = 2_000;

type Words = ReturnType<typeof unsentNotes>;

interface CustomerNotesProps {
  me: Session;
  /** Beside which the notes are shown. */
  conversation: string;
  profile: CustomerProfile;
  reload: () => Promise<void>;
}

/** The section takes the focus that a note has had which goes away. */
export function CustomerNotes({ me, conversation, profile, reload }: CustomerNotesProps) {
  const t = customerTexts();
  const { id: customer, notes } = profile;
  const words = unsentNotes(me.id, customer);
  const address = `/api/customers/${customer}/notes`;
  const shared = { words, conversation, address, reload };
  useLayoutEffect(() => words.follow(conversation), [customer, conversation]);
  const there = new Set(notes.map(({ id }) => id));
  return (
    <section aria-label={t.notes} class="customer-notes" tabIndex={-1}>
      <h3>{t.notes}</h3>
      {notes.length < most ? <NewNote {...shared} /> : <p class="hint">{t.mostNotes}</p>}
      {notes.length === 0 && <p class="hint">{t.noNotes}</p>}
      <ul>
        {withGone(notes, words.begun()).map((note) => (
          <li key={note.id}>
            <OneNote
              {...shared}
              note={note}
              gone={!there.has(note.id)}
              mayChange={me.role === 'admin' || note.author === me.id}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A note that is deleted while somebody changes it stays where it was, with their words. */
function withGone(notes: Note[], begun: Note[]): Note[] {
  const gone = begun.filter(({ id }) => notes.every((note) => note.id !== id));
  if (gone.length === 0) return notes;
  return [...notes, ...gone].sort((one, other) => Date.parse(other.createdAt) - Date.parse(one.createdAt));
}

function sendsByKey(event: KeyboardEvent & { currentTarget: HTMLTextAreaElement }): void {
  const sends = event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !composing(event);
  if (sends) event.currentTarget.form?.requestSubmit();
}

/** Adds it once, however often it is tried. Where an earlier try has come through, with other words, these take their place. */
async function addOnce(address: string, id: string, text: string): Promise<void> {
  const { text: stored, version } = await request<Note>(address, { method: 'POST', json: { id, text } });
  if (stored !== text) await request(`${address}/${id}`, { method: 'PUT', json: { text, version } });
}

interface NewNoteProps {
  words: Words;
  conversation: string;
  address: string;
  reload: () => Promise<void>;
}

function NewNote({ words, conversation, address, reload }: NewNoteProps) {
  const t = customerTexts();
  const form = useRef<HTMLFormElement>(null);
  /** The same for each try, so that one whose answer was lost is not added twice. */
  const id = useRef(newId());
  const { busy, problem, run, forget } = useAct(() => ({ text: t.note }));
  const add = () =>
    void run(async () => {
      const text = fieldText(formValues(form.current), 'text');
      await addOnce(address, id.current, text);
      id.current = newId();
      // What was typed in the meantime is not added.
      if (words.of()?.text.trim() === text) words.drop();
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
        value={words.of()?.text ?? ''}
        onKeyDown={sendsByKey}
        onInput={({ currentTarget: { value } }) => {
          forget();
          if (value) words.put({ text: value, conversation });
          else words.drop();
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

interface NoteProps extends NewNoteProps {
  note: Note;
}

interface OneNoteProps extends NoteProps {
  /** It has been deleted, and is here only because somebody changes it. */
  gone: boolean;
  mayChange: boolean;
}

function OneNote({ note, gone, mayChange, ...shared }: OneNoteProps) {
  const t = customerTexts();
  const deleting = useSignal(false);
  const editor = useRef<HTMLButtonElement>(null);
  const asked = useRef(false);
  const { words, conversation } = shared;
  const unsent = words.of(note.id);
  const isEdited = unsent !== undefined;
  const wasEdited = useRef(isEdited);
  useEffect(() => {
    if (wasEdited.current && !isEdited) editor.current?.focus();
    wasEdited.current = isEdited;
  }, [isEdited]);
  const { authorName: name } = note;
  const edit = () => {
    asked.current = true;
    words.put({ text: note.text, conversation, note });
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
      {unsent && <EditNote {...shared} note={note} gone={gone} unsent={unsent} takesFocus={asked.current} />}
      {mayChange && !unsent && (
        <div class="row">
          <button
            ref={editor}
            type="button"
            class="button quiet small"
            aria-label={t.editNote({ name })}
            onClick={edit}
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
      {deleting.value && <DeleteNote {...shared} note={note} closed={() => (deleting.value = false)} />}
    </>
  );
}

interface EditNoteProps extends NoteProps {
  gone: boolean;
  unsent: Unsent;
  /** Somebody has just asked for it, rather than coming back to what they had begun. */
  takesFocus: boolean;
}

function EditNote({ words, note, gone, unsent, takesFocus, address, reload }: EditNoteProps) {
  const t = customerTexts();
  const form = useRef<HTMLFormElement>(null);
  const changed = useSignal(false);
  const asking = useSignal(false);
  /** For a note in place of the one that is gone. */
  const id = useRef(newId());
  const { busy, problem, run } = useAct(() => ({ text: t.note }));
  useEffect(() => {
    if (takesFocus) form.current?.querySelector('textarea')?.focus();
  }, []);
  const { text: typed, note: begun = note } = unsent;
  const close = () => words.drop(note.id);
  /** Returns what it is now, or nothing where somebody else was faster. */
  const change = async (text: string): Promise<Note | undefined> => {
    try {
      const json = { text, version: begun.version };
      return await request<Note>(`${address}/${note.id}`, { method: 'PUT', json });
    } catch (refused) {
      const faster = refused instanceof Problem && ['conflict', 'not-found'].includes(refused.code);
      if (!faster) throw refused;
      await reload();
      changed.value = true;
      return undefined;
    }
  };
  const save = () =>
    void run(async () => {
      changed.value = false;
      const text = fieldText(formValues(form.current), 'text');
      const stored = gone ? await addOnce(address, id.current, text) : await change(text);
      if (!gone && !stored) return;
      await reload();
      const now = words.of(note.id);
      // What was typed in the meantime is not saved.
      if (stored && now && now.text.trim() !== text) words.put({ ...now, note: stored });
      else close();
    });
  const leave = () => {
    if (typed.trim() === begun.text.trim()) close();
    else asking.value = true;
  };
  // Once it has been told, and read above, the next try is meant.
  useEffect(() => {
    const now = words.of(note.id);
    if (changed.value && !gone && now && now.note?.version !== note.version) words.put({ ...now, note });
  }, [changed.value, note.version]);
  const told = gone ? t.noteDeleted : changed.value ? t.noteChanged : undefined;
  return (
    <>
      <div
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || composing(event)) return;
          event.stopPropagation();
          leave();
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
            value={typed}
            onKeyDown={sendsByKey}
            onInput={({ currentTarget: { value } }) => words.put({ ...unsent, text: value })}
          />
          <ProblemNotice text={problem.value ?? told} />
          <div class="row">
            <button type="submit" class="button primary small" disabled={busy.value}>
              {t.save}
            </button>
            <button type="button" class="button small" onClick={leave}>
              {t.cancel}
            </button>
          </div>
        </Form>
      </div>
      {asking.value && <Leaving stay={() => (asking.value = false)} leave={close} />}
    </>
  );
}

interface DeleteNoteProps extends NoteProps {
  closed: () => void;
}

function DeleteNote({ note, address, reload, closed }: DeleteNoteProps) {
  const t = customerTexts();
  const { busy, problem, run } = useAct();
  const erase = () =>
    void run(async () => {
      await request(`${address}/${note.id}`, { method: 'DELETE' });
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
