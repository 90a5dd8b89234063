import { useSignal } from '@preact/signals';
import { request } from '../../shared/api';
import { count, dateAndTime, labelled, languageName, shortTime, supported } from '../../shared/language';
import { useAct } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import type { UnansweredGroup } from '../rest';
import { unansweredTexts } from './unanswered-texts';

interface GroupProps {
  group: UnansweredGroup;
  busy: boolean;
  write: () => void;
  openReply: (id: string) => void;
  setAside: () => void;
}

/** Questions of one meaning, and what can be done about them. */
export function GroupCard({ group, busy, write, openReply, setAside }: GroupProps) {
  const t = unansweredTexts();
  const whole = useSignal<UnansweredGroup | undefined>(undefined);
  const { problem, run } = useAct();
  const name = group.examples[0]?.text ?? '';
  const { examples, answers } = whole.value ?? group;
  const { draft } = group;
  const toggle = () =>
    run(async () => {
      whole.value = whole.peek() ? undefined : await request<UnansweredGroup>(`/api/unanswered/${group.id}`);
    });
  return (
    <li class="card stack group" aria-label={name}>
      <div class="row">
        <span class="tag accent">{t.questions({ number: group.count })}</span>
        {group.languages.map((language) => (
          <span key={language} class="tag">
            {languageName(supported(language) ?? 'en')}
          </span>
        ))}
        <time class="hint" dateTime={group.newest} title={dateAndTime(group.newest)}>
          {t.newest({ time: shortTime(group.newest) })}
        </time>
      </div>
      <h3 dir="auto">{name}</h3>
      {examples.length > 1 && (
        <ul class="asked" aria-label={t.examples}>
          {examples.slice(1).map(({ text, conversation, at }) => (
            <li key={conversation + at} dir="auto">
              {text}
            </li>
          ))}
        </ul>
      )}
      {group.count > group.examples.length && (
        <div>
          <button
            type="button"
            class="button small"
            aria-expanded={whole.value !== undefined}
            onClick={() => void toggle()}
          >
            {whole.value ? t.showFewer : t.showAll({ number: count(group.count) })}
          </button>
        </div>
      )}
      <ProblemNotice text={problem.value} />
      <div class="stack written">
        {answers.length > 0 ? <h4>{t.written}</h4> : <p class="hint">{t.nothingWritten}</p>}
        {answers.map(({ text, conversation, sequence }) => (
          <blockquote key={conversation + String(sequence)} class="quote" dir="auto">
            {text}
          </blockquote>
        ))}
      </div>
      {draft?.state === 'draft' && <p class="notice">{t.drafted({ title: draft.title })}</p>}
      {draft?.state === 'published' && <p class="notice warn">{t.notEnough({ title: draft.title })}</p>}
      {group.setAside && (
        <p class="notice">
          {t.setAsideBefore({ reason: group.setAside.reason, time: dateAndTime(group.setAside.at) })}
        </p>
      )}
      <div class="row">
        {draft?.state === 'draft' ? (
          <button
            type="button"
            class="button primary"
            aria-label={labelled(t.openDraft, name)}
            disabled={busy}
            onClick={() => openReply(draft.reply)}
          >
            {t.openDraft}
          </button>
        ) : (
          <button
            type="button"
            class="button primary"
            aria-label={labelled(t.writeReply, name)}
            disabled={busy}
            onClick={write}
          >
            {t.writeReply}
          </button>
        )}
        <button
          type="button"
          class="button quiet"
          aria-label={labelled(t.setAside, name)}
          disabled={busy}
          onClick={setAside}
        >
          {t.setAside}
        </button>
      </div>
    </li>
  );
}
