import { request } from '../../shared/api';
import { percent } from '../../shared/language';
import { useLoaded } from '../../shared/load';
import type { FlippedCase } from '../rest';
import { Waiting } from '../waiting';
import { gateTexts } from './gate-texts';

interface FlippedCasesProps {
  address: string;
  /** The name of the model that serves, or served then. */
  before: string;
  after?: string;
}

/** What a promotion would change, question by question, those that got worse first. */
export function FlippedCases({ address, before, after = gateTexts().challenger }: FlippedCasesProps) {
  const cases = useLoaded(() => request<FlippedCase[]>(address), [address]);
  if (!cases.value.value) return <Waiting loaded={cases} />;
  return (
    <ol class="stack flipped">
      {cases.value.value.map((one, index) => (
        <li key={index} class="card stack">
          <Case one={one} before={before} after={after} />
        </li>
      ))}
    </ol>
  );
}

function Case({ one, before, after }: { one: FlippedCase; before: string; after: string }) {
  const t = gateTexts();
  const tag = (
    <span class={`tag ${one.better ? 'good' : 'bad'}`}>{one.better ? t.gotBetter : t.gotWorse}</span>
  );
  if (one.question === undefined) {
    return (
      <p class="row">
        {tag} <span class="hint">{t.erased}</span>
      </p>
    );
  }
  return (
    <>
      <div>{tag}</div>
      <dl class="turns">
        {turns(one.question).map(({ team, text }, index) => (
          <div key={index}>
            <dt>{team ? t.team : t.customer}</dt>
            <dd>{text}</dd>
          </div>
        ))}
        {one.right && (
          <div>
            <dt>{t.agentUsed}</dt>
            <dd>
              <strong>{one.right.title}</strong>
              <div class="hint">{one.right.text}</div>
            </dd>
          </div>
        )}
      </dl>
      <div class="sides">
        <Side name={before} shown={one.champion} />
        <Side name={after} shown={one.challenger} />
      </div>
    </>
  );
}

function Side({ name, shown }: { name: string; shown: FlippedCase['champion'] }) {
  const t = gateTexts();
  return (
    <section aria-label={name}>
      <h4>{name}</h4>
      {shown.length === 0 ? (
        <p class="hint">{t.nothingShown}</p>
      ) : (
        <ol>
          {shown.map(({ title, text, probability, right }, index) => (
            <li key={index} class={right ? 'right' : ''}>
              <strong>{title}</strong> <span class="hint">{percent(probability)}</span>
              {right && <span class="tag good">{t.rightReply}</span>}
              <div class="hint clamp">{text}</div>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

/** A line each, with the mark of who wrote it, as io.replyloop.knowledge.TurnMark has them. */
function turns(question: string): { team: boolean; text: string }[] {
  return question.split('\n').map((line) => ({
    team: line.startsWith('> '),
    text: line.replace(/^[->] /, ''),
  }));
}
