import type { AgentThread } from '../shared/agent';
import { messages } from '../shared/messages';
import type { Workspace } from './workspace';

const draftTexts = messages<'console/drafts'>(
  import.meta.glob('../messages/*/console/drafts.json', { import: 'default' }),
);

/** What the agent had written on another device at the same time: it would be lost, and is not wanted in the text unasked. */
export function Aside({ workspace, thread }: { workspace: Workspace; thread: AgentThread }) {
  const t = draftTexts();
  const { aside } = workspace.drafts.of(thread.id).value;
  if (!aside) return null;
  const settle = (how: 'add' | 'discard') => {
    workspace.drafts.settleAside(thread.id, how);
    workspace.toEditor();
  };
  return (
    <div class="notice warn warning" role="status">
      <p>{aside.mode === 'note' ? t.asideNote : t.aside}</p>
      <blockquote class="quote" dir="auto">
        {aside.text}
      </blockquote>
      <div class="row">
        <button type="button" class="button small" onClick={() => settle('add')}>
          {t.add}
        </button>
        <button type="button" class="button small" onClick={() => settle('discard')}>
          {t.discard}
        </button>
      </div>
    </div>
  );
}
