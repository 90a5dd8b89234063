import type { RefObject } from 'preact';
import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { AgentThread } from '../shared/agent';
import { composing, fitHeight, meansSend } from '../shared/composer';
import { EmojiButton } from '../shared/emoji';
import { Icon } from '../shared/team-icons';
import { sentences } from '../shared/language';
import { AttachButton, pasteInto, UploadedFiles } from '../thread/files';
import { Aside } from './aside';
import { answersInChinese } from './canned';
import { Difference } from './difference';
import { searchedFor } from './knowledge-search';
import { loadPeople, mentionable, mustLoadFor } from './mentions';
import { mentionsTexts } from './mentions-texts';
import { OfferButton, QuickReplies } from './quick-replies';
import { consoleTexts } from './texts';
import { Doubted, Overtaken } from './warnings';
import type { Workspace } from './workspace';

export function Composer({ workspace, thread }: { workspace: Workspace; thread: AgentThread }) {
  const t = consoleTexts();
  const area = useRef<HTMLTextAreaElement>(null);
  const draft = workspace.drafts.of(thread.id);
  const { text, mode } = draft.value;
  const files = workspace.files.of(thread.id);
  const left = workspace.client.maxTextLength.value - text.trim().length;
  const note = mode === 'note';
  const blocked = thread.summary.value?.customer.blocked ?? false;
  const at = useSignal(0);
  const offering = useSignal(false);
  const dismissed = useSignal<string | undefined>(undefined);
  const caret = useSignal(text.length);
  const shown = note ? colleagues(area, workspace, text, caret.value) : insertable(workspace, thread);
  const listed = dismissed.value === text ? [] : shown;
  const chosen = Math.min(at.value, listed.length - 1);
  const chinese = answersInChinese(thread);
  const searching = !note && dismissed.value !== text && searchedFor(text) !== undefined;

  useEffect(() => fitHeight(area.current), [text]);
  useEffect(() => {
    if (/^[/／、]/.test(text)) void workspace.canned.load();
    workspace.search.look(note ? '' : text, chinese);
    if (note && /[@＠]/.test(text)) void loadPeople();
  }, [text, note, chinese]);
  // Said from its first change on, which comes by itself after a note, and not when the conversation is opened.
  const modeAtFirst = useRef(mode);
  const changed = useSignal(false);
  useEffect(() => {
    if (mode !== modeAtFirst.current) changed.value = true;
  }, [mode]);
  const awaited = workspace.editorAwaited.value;
  useLayoutEffect(() => {
    if (!awaited) return;
    area.current?.focus();
    workspace.editorAwaited.value = false;
  }, [awaited]);

  // A text that could not be sent, since nobody can tell whom it names.
  const unknown = useSignal<string | undefined>(undefined);
  const send = async (asItIs = false) => {
    if (note && !asItIs && mustLoadFor(text)) {
      const known = await loadPeople();
      // It goes as it was when it was to be sent, or not at all.
      const { text: now, mode: how } = workspace.drafts.peek(thread.id);
      if (workspace.thread.peek() !== thread || how !== 'note' || now !== text) return;
      unknown.value = known ? undefined : text;
      if (!known) return;
    }
    workspace.sendDraft();
    // The answers have gone with the message; one that was held back keeps its row.
    if (!workspace.drafts.peek(thread.id).text) offering.value = false;
  };

  const choose = (mode: 'reply' | 'note') => {
    workspace.drafts.write(thread.id, { mode });
    area.current?.focus();
  };

  /** What a key does in the list of replies; false where it means nothing there. */
  const inList = (event: KeyboardEvent): boolean => {
    if (listed.length === 0 || composing(event) || event.shiftKey || event.altKey) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const reply = listed[chosen];
    if (step) at.value = (chosen + step + listed.length) % listed.length;
    else if ((event.key === 'Enter' || event.key === 'Tab') && reply) reply.insert();
    else if (event.key === 'Escape') dismissed.value = text;
    else return false;
    return true;
  };

  return (
    <form
      class={note ? 'composer writing-note' : 'composer'}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
        area.current?.focus();
      }}
    >
      {blocked && !note && <p class="notice warn">{t.writesToBlocked}</p>}
      <Aside workspace={workspace} thread={thread} />
      <Overtaken workspace={workspace} thread={thread} />
      <Doubted workspace={workspace} thread={thread} />
      {note && text && unknown.value === text && (
        <div class="notice warn warning" role="alert">
          <p>{mentionsTexts().notLoaded}</p>
          <div class="row">
            <button type="button" class="button small" onClick={() => void send()}>
              {mentionsTexts().again}
            </button>
            <button type="button" class="button small" onClick={() => void send(true)}>
              {mentionsTexts().untold}
            </button>
          </div>
        </div>
      )}
      {(listed.length > 0 || searching) && (
        <ReplyList
          label={note ? mentionsTexts().colleagues : t.replies}
          replies={listed}
          at={chosen}
          state={searching ? workspace.search.stateOf(text) : 'found'}
        />
      )}
      {!note && <Difference draft={draft.value} />}
      <div class="row spread">
        <div class="modes" role="group" aria-label={t.modes}>
          <button type="button" class="mode" aria-pressed={!note} onClick={() => choose('reply')}>
            {t.modeReply}
          </button>
          <button type="button" class="mode note" aria-pressed={note} onClick={() => choose('note')}>
            <Icon name="note" /> {t.modeNote}
          </button>
        </div>
        <div class="tools">
          <AttachButton files={files} />
          <EmojiButton area={area} />
          {!note && (
            <OfferButton conversation={thread.id} open={offering} choices={draft.value.choices ?? []} />
          )}
        </div>
      </div>
      <UploadedFiles files={files} />
      {!note && (
        <QuickReplies
          conversation={thread.id}
          drafts={workspace.drafts}
          open={offering}
          leave={() => area.current?.focus()}
        />
      )}
      <div class="writing">
        <textarea
          ref={area}
          rows={2}
          dir="auto"
          aria-label={note ? t.writeNote : t.writeReply}
          placeholder={note ? t.writeNote : t.writeReply}
          aria-invalid={left < 0}
          aria-autocomplete="list"
          aria-controls={listed.length > 0 ? 'listed-replies' : undefined}
          aria-activedescendant={listed.length > 0 ? `listed-${String(chosen)}` : undefined}
          value={text}
          onInput={({ currentTarget: { value, selectionStart } }) => {
            at.value = 0;
            caret.value = selectionStart;
            workspace.write(value);
          }}
          onPaste={(event) => pasteInto(files, event)}
          onKeyUp={({ currentTarget }) => (caret.value = currentTarget.selectionStart)}
          onClick={({ currentTarget }) => (caret.value = currentTarget.selectionStart)}
          onBlur={() => thread.typing.stopped()}
          onKeyDown={(event) => {
            if (inList(event)) event.preventDefault();
            else if (meansSend(event)) {
              event.preventDefault();
              void send();
            }
          }}
        />
        <button
          type="submit"
          class="button primary"
          disabled={left < 0 || !files.settled || (!text.trim() && !files.any)}
        >
          <Icon name={note ? 'note' : 'send'} /> {note ? t.addNote : t.send}
        </button>
      </div>
      <p class={left < 0 ? 'limit over' : 'limit'} role={left < 800 ? 'status' : undefined}>
        {left < 0
          ? t.tooLong({ over: -left })
          : left < 800
            ? t.charactersLeft({ left })
            : files.said ||
              (note
                ? sentences(t.teamReads, mentionsTexts().hint, t.enterHint)
                : sentences(blocked ? undefined : t.customerReads, t.enterHint))}
      </p>
      <p class="out-of-sight" role="status">
        {changed.value && (note ? t.nowNote : t.nowReply)}
      </p>
    </form>
  );
}

/** A reply that can be put into the editor, by its shortcode or because it was searched for. */
interface Insertable {
  id: string;
  mark?: string;
  title: string;
  language?: string;
  /** The beginning of the text. */
  excerpt?: string;
  insert: () => void;
}

function insertable(workspace: Workspace, thread: AgentThread): Insertable[] {
  const { text, mode } = workspace.drafts.of(thread.id).value;
  const fitting = mode === 'note' ? [] : workspace.canned.matching(text, answersInChinese(thread));
  const canned = fitting.map((reply) => ({
    id: reply.id,
    mark: `/${reply.shortcode}`,
    title: reply.title,
    language: reply.language,
    insert: () => workspace.insertCanned(reply),
  }));
  if (canned.length > 0 || mode === 'note') return canned;
  return workspace.search.matching(text).map((reply) => ({
    id: reply.id,
    title: reply.title,
    language: reply.language,
    excerpt: reply.text,
    insert: () => workspace.insertFound(reply),
  }));
}

/** Colleagues who can be named where the caret is. */
function colleagues(
  area: RefObject<HTMLTextAreaElement | null>,
  { me }: Workspace,
  text: string,
  caret: number,
): Insertable[] {
  return mentionable(text, caret, me.id).map(({ id, name, put }) => ({
    id,
    mark: '@',
    title: name,
    insert: () => {
      const field = area.current;
      if (!field) return;
      const next = put(text, caret);
      field.setRangeText(next.text, 0, field.value.length, 'end');
      field.setSelectionRange(next.caret, next.caret);
      // As if it had been typed.
      field.dispatchEvent(new Event('input', { bubbles: true }));
    },
  }));
}

interface ReplyListProps {
  label: string;
  replies: Insertable[];
  at: number;
  state: 'looking' | 'found' | 'failed';
}

/** The focus stays in the editor, whose keys move through this list. */
function ReplyList({ label, replies, at, state }: ReplyListProps) {
  const t = consoleTexts();
  const none = { looking: t.searching, found: t.noReplyFound, failed: t.searchFailed }[state];
  return (
    <div class="shortcodes">
      {replies.length > 0 && (
        <ul id="listed-replies" role="listbox" aria-label={label}>
          {replies.map(({ id, mark, title, language, excerpt, insert }, index) => (
            <li
              key={id}
              id={`listed-${String(index)}`}
              role="option"
              aria-selected={index === at}
              onPointerDown={(event) => event.preventDefault()}
              onClick={insert}
            >
              {mark && <kbd>{mark}</kbd>} {title}
              {language && <span class="hint"> {language}</span>}
              {excerpt && <span class="hint excerpt"> {excerpt}</span>}
            </li>
          ))}
        </ul>
      )}
      <p class="hint" role="status">
        {replies.length === 0 ? none : replies.every(({ mark }) => mark === undefined) && t.mayNotFit}
      </p>
    </div>
  );
}
