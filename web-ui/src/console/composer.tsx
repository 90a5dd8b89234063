import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { AgentThread } from '../shared/agent';
import { composing, fitHeight, meansSend } from '../shared/composer';
import { Icon } from '../shared/icons';
import { sentences } from '../shared/language';
import type { CannedReply } from './canned';
import { consoleTexts } from './texts';
import { Doubted, Overtaken } from './warnings';
import type { Workspace } from './workspace';

export function Composer({ workspace, thread }: { workspace: Workspace; thread: AgentThread }) {
  const t = consoleTexts();
  const area = useRef<HTMLTextAreaElement>(null);
  const draft = workspace.drafts.of(thread.id);
  const { text, mode, origin } = draft.value;
  const left = workspace.client.maxTextLength.value - text.trim().length;
  const note = mode === 'note';
  const blocked = thread.summary.value?.customer.blocked ?? false;
  const at = useSignal(0);
  const dismissed = useSignal<string | undefined>(undefined);
  const canned = dismissed.value === text ? [] : workspace.cannedFor(thread);
  const chosen = Math.min(at.value, canned.length - 1);

  useEffect(() => fitHeight(area.current), [text]);
  useEffect(() => {
    if (/^[/／、]/.test(text)) void workspace.canned.load();
  }, [text]);
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

  const choose = (mode: 'reply' | 'note') => {
    workspace.drafts.write(thread.id, { mode });
    area.current?.focus();
  };

  /** What a key does in the list of canned replies; false where it means nothing there. */
  const inList = (event: KeyboardEvent): boolean => {
    if (canned.length === 0 || composing(event) || event.shiftKey || event.altKey) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const reply = canned[chosen];
    if (step) at.value = (chosen + step + canned.length) % canned.length;
    else if ((event.key === 'Enter' || event.key === 'Tab') && reply) workspace.insertCanned(reply);
    else if (event.key === 'Escape') dismissed.value = text;
    else return false;
    return true;
  };

  return (
    <form
      class={note ? 'composer writing-note' : 'composer'}
      onSubmit={(event) => {
        event.preventDefault();
        workspace.sendDraft();
        area.current?.focus();
      }}
    >
      {blocked && !note && <p class="notice warn">{t.writesToBlocked}</p>}
      <Overtaken workspace={workspace} thread={thread} />
      <Doubted workspace={workspace} thread={thread} />
      {canned.length > 0 && (
        <CannedList replies={canned} at={chosen} take={(reply) => workspace.insertCanned(reply)} />
      )}
      <div class="row spread">
        <div class="modes" role="group" aria-label={t.modes}>
          <button type="button" class="mode" aria-pressed={!note} onClick={() => choose('reply')}>
            {t.modeReply}
          </button>
          <button type="button" class="mode note" aria-pressed={note} onClick={() => choose('note')}>
            <Icon name="note" /> {t.modeNote}
          </button>
        </div>
        {origin?.title !== undefined && !note && (
          <span class="tag accent origin">
            {origin.impression === undefined ? t.madeFromCanned(origin.title) : t.madeFrom(origin.title)}
          </span>
        )}
      </div>
      <div class="writing">
        <textarea
          ref={area}
          rows={2}
          dir="auto"
          aria-label={note ? t.writeNote : t.writeReply}
          placeholder={note ? t.writeNote : t.writeReply}
          aria-invalid={left < 0}
          aria-autocomplete="list"
          aria-controls={canned.length > 0 ? 'canned-replies' : undefined}
          aria-activedescendant={canned.length > 0 ? `canned-${String(chosen)}` : undefined}
          value={text}
          onInput={({ currentTarget: { value } }) => {
            at.value = 0;
            workspace.write(value);
          }}
          onBlur={() => thread.typing.stopped()}
          onKeyDown={(event) => {
            if (inList(event)) event.preventDefault();
            else if (meansSend(event)) {
              event.preventDefault();
              workspace.sendDraft();
            }
          }}
        />
        <button type="submit" class="button primary" disabled={!text.trim() || left < 0}>
          <Icon name={note ? 'note' : 'send'} /> {note ? t.addNote : t.send}
        </button>
      </div>
      <p class={left < 0 ? 'limit over' : 'limit'} role={left < 800 ? 'status' : undefined}>
        {left < 0
          ? t.tooLong(-left)
          : left < 800
            ? t.charactersLeft(left)
            : sentences(note ? t.teamReads : blocked ? undefined : t.customerReads, t.enterHint)}
      </p>
      <p class="out-of-sight" role="status">
        {changed.value && (note ? t.nowNote : t.nowReply)}
      </p>
    </form>
  );
}

interface CannedListProps {
  replies: CannedReply[];
  at: number;
  take: (reply: CannedReply) => void;
}

/** The focus stays in the editor, whose keys move through this list. */
function CannedList({ replies, at, take }: CannedListProps) {
  const t = consoleTexts();
  return (
    <ul class="shortcodes" id="canned-replies" role="listbox" aria-label={t.replies}>
      {replies.map((reply, index) => (
        <li
          key={reply.id}
          id={`canned-${String(index)}`}
          role="option"
          aria-selected={index === at}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => take(reply)}
        >
          <kbd>/{reply.shortcode}</kbd> {reply.title}
          {reply.language && <span class="hint"> {reply.language}</span>}
        </li>
      ))}
    </ul>
  );
}
