import { labelled } from '../../shared/language';
import type { Blank } from './fill-in';
import type { AgentAnswer, ReplyProposal } from '../rest';
import { knowledgeTexts } from './knowledge-texts';

/** What a new reply begins with, and where it is stored. */
export interface Proposed {
  proposal: ReplyProposal;
  /** @param answer the one that the text was made from */
  address: (answer: AgentAnswer | undefined) => string;
  categories?: string[];
  /** What stood where its first text has something in brackets. */
  blanks?: Blank[];
}

interface ProposalProps {
  proposal: ReplyProposal;
  chosen: AgentAnswer | undefined;
  choose: (answer: AgentAnswer) => void;
}

/** What agents wrote, each of which can become the text. */
export function AnswerChoice({ proposal, chosen, choose }: ProposalProps) {
  const t = knowledgeTexts();
  const { answers, questions } = proposal;
  return (
    <section class="stack proposal" aria-label={t.answersToChoose}>
      {questions.length > 0 && <p class="hint">{t.willAnswer(questions.length)}</p>}
      {answers.length > 1 && (
        <details>
          <summary>{t.answersToChoose}</summary>
          <ul class="list">
            {answers.map((answer) => (
              <li key={answer.conversation + String(answer.sequence) + answer.text}>
                <div class="grow">
                  <div class="hint" dir="auto">
                    {answer.question}
                  </div>
                  <div class="answer-text" dir="auto">
                    {answer.text}
                  </div>
                </div>
                <button
                  type="button"
                  class="button small"
                  aria-pressed={answer === chosen}
                  aria-label={labelled(t.useThis, answer.text)}
                  onClick={() => choose(answer)}
                >
                  {t.useThis}
                </button>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
