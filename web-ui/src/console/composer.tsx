import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { AgentThread } from '../shared/agent';
import { request, type Page } from '../shared/api';
import { fitHeight, meansSend } from '../shared/composer';
import { Icon } from '../shared/icons';
import { consoleTexts } from './texts';
import type { Workspace } from './workspace';

export function Composer({ workspace, thread }: { workspace: Workspace; thread: AgentThread }) {
  const t = consoleTexts();
  const area = useRef<HTMLTextAreaElement>(null);
  const draft = workspace.drafts.of(thread.id);
  const { text, mode, origin } = draft.value;
  const left = workspace.client.maxTextLength.value - text.trim().length;
  const note = mode === 'note';
  const shortcode = note ? undefined : /^\/(\S*)$/.exec(text)?.[1];

  useEffect(() => fitHeight(area.current), [text]);
  const asked = useRef(workspace.focusEditor.peek());
  useSignalEffect(() => {
    const now = workspace.focusEditor.value;
    if (now === asked.current) return;
    asked.current = now;
    area.current?.focus();
  });

  const choose = (chosen: 'reply' | 'note') => {
    workspace.drafts.write(thread.id, { mode: chosen });
    area.current?.focus();
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
      {shortcode !== undefined && (
        <Shortcodes
          begun={shortcode}
          chosen={(reply) => {
            workspace.drafts.write(thread.id, { text: reply });
            area.current?.focus();
          }}
        />
      )}
      <div class="row spread">
        <div class="modes" role="group">
          <button type="button" class="mode" aria-pressed={!note} onClick={() => choose('reply')}>
            {t.modeReply}
          </button>
          <button type="button" class="mode note" aria-pressed={note} onClick={() => choose('note')}>
            <Icon name="note" /> {t.modeNote}
          </button>
        </div>
        {origin && !note && <span class="tag accent origin">{t.madeFrom(origin.title)}</span>}
      </div>
      <div class="writing">
        <textarea
          ref={area}
          rows={2}
          dir="auto"
          aria-label={note ? t.writeNote : t.writeReply}
          placeholder={note ? t.writeNote : t.writeReply}
          aria-invalid={left < 0}
          value={text}
          onInput={({ currentTarget: { value } }) => workspace.write(value)}
          onBlur={() => thread.typing.stopped()}
          onKeyDown={(event) => {
            if (!meansSend(event)) return;
            event.preventDefault();
            workspace.sendDraft();
          }}
        />
        <button type="submit" class="button primary" disabled={!text.trim() || left < 0}>
          <Icon name={note ? 'note' : 'send'} /> {note ? t.addNote : t.send}
        </button>
      </div>
      <p class={left < 0 ? 'limit over' : 'limit'} role={left < 800 ? 'status' : undefined}>
        {left < 0 ? t.tooLong(-left) : left < 800 ? t.charactersLeft(left) : t.enterHint}
      </p>
    </form>
  );
}

interface ShortReply {
  id: string;
  title: string;
  text: string;
  shortcode?: string;
}

/** Replies whose shortcode begins as typed. Arrow keys reach them by Tab, a click or Enter takes one. */
function Shortcodes({ begun, chosen }: { begun: string; chosen: (text: string) => void }) {
  const t = consoleTexts();
  const found = useSignal<ShortReply[]>([]);
  useEffect(() => {
    let current = true;
    const query = { state: 'published', q: begun, limit: 50 };
    request<Page<ShortReply>>('/api/replies', { query })
      .then(({ items }) => {
        if (current) found.value = items.filter(({ shortcode }) => shortcode?.startsWith(begun)).slice(0, 6);
      })
      .catch(() => {
        // Shortcodes are a convenience: without the list the agent goes on typing.
        found.value = [];
      });
    return () => {
      current = false;
    };
  }, [begun]);
  if (found.value.length === 0) return null;
  return (
    <ul class="shortcodes" aria-label={t.replies}>
      {found.value.map((reply) => (
        <li key={reply.id}>
          <button type="button" onClick={() => chosen(reply.text)}>
            <kbd>/{reply.shortcode}</kbd> {reply.title}
          </button>
        </li>
      ))}
    </ul>
  );
}
