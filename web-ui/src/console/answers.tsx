import type { components } from '../shared/rest';
import { answersTexts } from './answers-texts';

type FormAnswer = components['schemas']['FormAnswer'];

function label({ kind, label: asked }: FormAnswer): string {
  const t = answersTexts();
  if (asked) return asked;
  return kind === 'email' ? t.email : t.name;
}

/** What the customer answered before the conversation; nothing for one who was asked nothing. */
export function Answers({ answers }: { answers: FormAnswer[] }) {
  const t = answersTexts();
  if (answers.length === 0) return null;
  return (
    <section aria-label={t.answers}>
      <h3>{t.answers}</h3>
      <dl>
        {answers.map((answer, index) => (
          <div key={index}>
            <dt>{label(answer)}</dt>
            <dd dir="auto">{answer.kind === 'consent' ? t.agreed : answer.value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
