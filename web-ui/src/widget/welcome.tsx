import { useSignal, type Signal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import { request } from '../shared/api';
import { language } from '../shared/language';
import { Linked } from '../shared/links';
import './welcome.css';
import { welcomeTexts } from './welcome-texts';

/** Somebody of the team, as far as the site tells. */
interface Colleague {
  name?: string;
  initials: string;
}

interface Question {
  reply: string;
  question: string;
  answer: string;
  language: string;
}

export interface WelcomeLook {
  /** As the site's admin has uploaded it, made anew by the server. */
  logo?: { address: string; width: number; height: number };
  team: Colleague[];
  questions: Question[];
}

interface WelcomeProps {
  look: WelcomeLook;
  draft: Signal<string>;
}

/** What stands before a conversation: who is there, and what others often ask. */
export function Welcome({ look, draft }: WelcomeProps) {
  const t = welcomeTexts();
  const open = useSignal<string | undefined>(undefined);
  const questions = look.questions.filter((each) => each.language.split('-')[0] === language.value);
  if (!look.logo && look.team.length === 0 && questions.length === 0) return null;
  return (
    <div class="welcome">
      {/* The name beside it is read out. */}
      {look.logo && (
        <img class="logo" src={look.logo.address} width={look.logo.width} height={look.logo.height} alt="" />
      )}
      {look.team.length > 0 && (
        <ul class="faces" aria-label={t.here}>
          {look.team.map(({ name, initials }, index) => (
            <li key={index} class="face">
              <span class="initials" aria-hidden={name !== undefined}>
                {initials}
              </span>
              {name}
            </li>
          ))}
        </ul>
      )}
      {questions.length > 0 && (
        <>
          <h2>{t.frequent}</h2>
          <ul class="questions">
            {questions.map((each) => (
              <FrequentQuestion
                key={each.reply}
                asked={each}
                open={open.value === each.reply}
                toggle={() => (open.value = open.peek() === each.reply ? undefined : each.reply)}
                draft={draft}
              />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

interface QuestionProps {
  asked: Question;
  open: boolean;
  toggle: () => void;
  draft: Signal<string>;
}

function FrequentQuestion({ asked, open, toggle, draft }: QuestionProps) {
  const t = welcomeTexts();
  const id = useId();
  const verdict = useSignal<boolean | undefined>(undefined);
  const said = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (verdict.value === undefined) return;
    // The button that was pressed is gone. Where a form is asked first, it stands in place of the field.
    const field = verdict.value ? null : document.querySelector<HTMLElement>('.composer textarea');
    (field ?? said.current)?.focus();
  }, [verdict.value]);
  const judge = (helped: boolean) => {
    verdict.value = helped;
    if (!helped && !draft.peek().trim()) draft.value = `${asked.question}\n`;
    const path = `/api/widget/frequent-questions/${asked.reply}/verdict`;
    // The customer goes on in any case; what is not counted is missing from a figure only.
    void request(path, { method: 'POST', json: { helped } }).catch(() => undefined);
  };
  return (
    <li>
      <button type="button" class="question" aria-expanded={open} aria-controls={id} onClick={toggle}>
        {asked.question}
      </button>
      <div id={id} class="answer" hidden={!open}>
        <p class="bubble" dir="auto">
          <Linked text={asked.answer} />
        </p>
        {verdict.value === undefined ? (
          <div class="row" role="group" aria-label={t.helped}>
            <span aria-hidden="true">{t.helped}</span>
            <button type="button" class="button small" onClick={() => judge(true)}>
              {t.yes}
            </button>
            <button type="button" class="button small" onClick={() => judge(false)}>
              {t.no}
            </button>
          </div>
        ) : (
          <p ref={said} role="status" tabIndex={-1}>
            {verdict.value ? t.thanks : t.writeOn}
          </p>
        )}
      </div>
    </li>
  );
}
