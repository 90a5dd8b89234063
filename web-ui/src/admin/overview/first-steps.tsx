import type { RefObject } from 'preact';
import { count } from '../../shared/language';
import { useAct } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import { Icon } from '../../shared/team-icons';
import type { FirstStep, FirstSteps } from '../rest';
import { stepTexts } from './overview-texts';

type Name = FirstStep['name'];

/** Each leads to the place where it is done. */
function ways(name: Name, page: string | undefined): { href: string; text: string }[] {
  const t = stepTexts();
  switch (name) {
    case 'site':
      return [{ href: '#/sites/new', text: t.siteWay }];
    case 'replies':
      return [
        { href: '#/knowledge/import', text: t.repliesWay },
        { href: '#/history', text: t.historyWay },
      ];
    case 'colleague':
      return [{ href: '#/users/new', text: t.colleagueWay }];
    case 'snippet':
      return [{ href: '#/sites', text: t.snippetWay }];
    case 'hello':
      return page ? [{ href: page, text: t.helloWay }] : [{ href: '#/sites', text: t.snippetWay }];
    case 'answer':
      return [{ href: '/console/', text: t.answerWay }];
  }
}

function words(name: Name): { title: string; why: string } {
  const t = stepTexts();
  switch (name) {
    case 'site':
      return { title: t.site, why: t.siteWhy };
    case 'replies':
      return { title: t.replies, why: t.repliesWhy };
    case 'colleague':
      return { title: t.colleague, why: t.colleagueWhy };
    case 'snippet':
      return { title: t.snippet, why: t.snippetWhy };
    case 'hello':
      return { title: t.hello, why: t.helloWhy };
    case 'answer':
      return { title: t.answer, why: t.answerWhy };
  }
}

interface StepProps {
  step: FirstStep;
  page?: string;
  next: boolean;
}

function Step({ step: { name, done }, page, next }: StepProps) {
  const t = stepTexts();
  const { title, why } = words(name);
  const outside = (href: string) => /^https?:/.test(href);
  return (
    <li class={done ? 'done' : next ? 'next' : undefined} aria-current={next ? 'step' : undefined}>
      <span class="tick">{done && <Icon name="check" />}</span>
      <div class="grow">
        <strong>{title}</strong>
        {done && <span class="out-of-sight"> ({t.done})</span>}
        {!done && <p class="hint">{why}</p>}
      </div>
      {!done && (
        <div class="row">
          {ways(name, page).map(({ href, text }, index) => (
            <a
              key={href}
              class={next && index === 0 ? 'button small primary' : 'button small'}
              href={href}
              target={outside(href) ? '_blank' : undefined}
              rel={outside(href) ? 'noreferrer' : undefined}
            >
              {text}
            </a>
          ))}
        </div>
      )}
    </li>
  );
}

interface FirstStepsProps {
  steps: FirstSteps;
  title: RefObject<HTMLHeadingElement | null>;
  putAway: () => Promise<void>;
}

/** What a new team does first; each ticks itself once it is done, in whatever way. */
export function FirstStepsCard({ steps: { steps, page }, title, putAway }: FirstStepsProps) {
  const t = stepTexts();
  const { busy, problem, run } = useAct();
  const done = steps.filter((step) => step.done).length;
  const next = steps.find((step) => !step.done)?.name;
  return (
    <section class="card stack first-steps" aria-labelledby="first-steps">
      <div class="row spread">
        <h2 id="first-steps" ref={title} tabIndex={-1} class="landing">
          {t.title}
        </h2>
        <button
          type="button"
          class="button quiet small"
          disabled={busy.value}
          onClick={() => void run(putAway)}
        >
          {t.putAway}
        </button>
      </div>
      <p role="status">
        {next === undefined ? t.allDone : t.soFar({ done: count(done), all: count(steps.length) })}
      </p>
      <progress aria-label={t.title} max={steps.length} value={done} />
      <ProblemNotice text={problem.value} />
      <ol>
        {steps.map((step) => (
          <Step key={step.name} step={step} page={page} next={step.name === next} />
        ))}
      </ol>
    </section>
  );
}
