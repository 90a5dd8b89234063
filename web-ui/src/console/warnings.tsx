import type { AgentThread } from '../shared/agent';
import { Dialog } from '../shared/dialog';
import type { AgentEvent } from '../shared/frames';
import { labelled } from '../shared/language';
import { toBeFilledIn } from '../shared/to-fill-in';
import { assignmentText } from './assignment';
import { namesOf } from './thread-files';
import { consoleTexts } from './texts';
import type { Workspace } from './workspace';

interface WarningProps {
  workspace: Workspace;
  thread: AgentThread;
}

/** An answer that the server has held back, with what came before it, at the place where the next one is written. */
export function Overtaken({ workspace, thread }: WarningProps) {
  const t = consoleTexts();
  const overtaken = workspace.overtaken(thread);
  if (!overtaken) return null;
  const { entry, meanwhile } = overtaken;
  return (
    <div class="notice warn warning" role="alert">
      <p>{t.movedOn}</p>
      <ul class="meanwhile">
        {meanwhile.map((event) => (
          <li key={event.sequence} dir="auto">
            {told(event)}
          </li>
        ))}
      </ul>
      <blockquote class="quote" dir="auto" aria-label={t.yourAnswer}>
        {entry.text || namesOf(entry.attachments)}
      </blockquote>
      <div class="row">
        <button type="button" class="button small" onClick={() => workspace.recover(entry.key)}>
          {t.backToEditor}
        </button>
        <button type="button" class="button small" onClick={() => workspace.resend(entry.key)}>
          {t.sendAnyway}
        </button>
      </div>
    </div>
  );
}

/** A text that looks as if a shortcode, or something to be filled in, had been left in it. */
export function Doubted({ workspace, thread }: WarningProps) {
  const t = consoleTexts();
  const doubt = workspace.doubt.value;
  if (doubt?.conversation !== thread.id) return null;
  return (
    <div class="notice warn warning" role="alert">
      <p>
        {toBeFilledIn(doubt.word) === undefined
          ? t.looksLikeShortcode({ word: doubt.word })
          : t.notFilledIn({ word: doubt.word })}
      </p>
      <div class="row">
        <button type="button" class="button small" onClick={() => workspace.toEditor()}>
          {t.backToEditor}
        </button>
        <button
          type="button"
          class="button small"
          onClick={() => {
            workspace.sendDraft(true);
            workspace.toEditor();
          }}
        >
          {t.sendAsItIs}
        </button>
      </div>
    </div>
  );
}

/** What is done only on a second word: a colleague's conversation, or one in which something has just happened. */
export function QuestionDialog({ workspace }: { workspace: Workspace }) {
  const t = consoleTexts();
  const resolves = workspace.question.value?.about === 'resolve';
  const holder = workspace.thread.value?.summary.value?.assignee?.name;
  const title = resolves ? t.resolveTitle : t.takeOverTitle({ name: holder ?? t.nobody });
  return (
    <Dialog label={title} closed={() => workspace.answer(false)}>
      <div class="stack">
        <h2>{title}</h2>
        <p>{resolves ? t.resolveText : t.takeOverText}</p>
        <div class="row">
          <button type="button" class="button" autofocus onClick={() => workspace.answer(false)}>
            {t.cancel}
          </button>
          <button type="button" class="button primary" onClick={() => workspace.answer(true)}>
            {resolves ? t.resolveAnyway : t.takeOver}
          </button>
        </div>
      </div>
    </Dialog>
  );
}

/** An event in a line. */
export function happening({
  kind,
  author,
  status,
  assignee,
  team,
}: Pick<AgentEvent, 'kind' | 'author' | 'status' | 'assignee' | 'team'>) {
  const t = consoleTexts();
  const name = author.name || t.system;
  if (kind === 'status') return status === 'resolved' ? t.resolvedBy({ name }) : t.reopenedBy({ name });
  return assignmentText({ author, assignee, team });
}

function told(event: AgentEvent): string {
  const t = consoleTexts();
  if (event.kind === 'status' || event.kind === 'assignee') return happening(event);
  const name = event.author.name || t.customer;
  return labelled(
    `${event.kind === 'note' ? `${t.note} · ` : ''}${name}`,
    event.text || namesOf(event.attachments),
  );
}
