import { useSignal } from '@preact/signals';
import { request } from '../../shared/api';
import { labelled } from '../../shared/language';
import { useAct, useLoaded } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import { spoken } from '../../shared/spoken';
import { filledIn } from '../../shared/variables';
import type { FrequentReply, Reply } from '../rest';
import { Failed } from '../waiting';
import { frequentTexts } from './frequent-texts';

const path = '/api/frequent-replies';
/** As the server has it. */
const most = 6;
const longest = 2_000;

/** Why a reply cannot be offered; the server decides again. */
function whyNot({ text, language }: Reply, all: FrequentReply[]): string | undefined {
  const t = frequentTexts();
  if (text.length > longest) return t.tooLong({ most: longest });
  if (/\{\{\s*[a-z_.]+\s*\}\}/.test(filledIn(text, {}))) return t.names;
  const others = all.filter((each) => each.offered && spoken(each.language) === spoken(language));
  return others.length >= most ? t.full({ most }) : undefined;
}

function verdictsOf({ helped, notHelped }: FrequentReply): string {
  return frequentTexts().verdicts({ judged: helped + notHelped, helped });
}

/** Whether customers are offered a reply before they write. */
export function FrequentChoice({ reply }: { reply: Reply }) {
  const t = frequentTexts();
  const loaded = useLoaded(() => request<FrequentReply[]>(path));
  const changed = useSignal<FrequentReply[] | undefined>(undefined);
  const wanted = useSignal<boolean | undefined>(undefined);
  const { problem, run } = useAct();
  const all = changed.value ?? loaded.value.value;
  if (!all) return <Failed loaded={[loaded]} />;
  const mine = all.find((each) => each.reply === reply.id);
  const why = mine ? undefined : whyNot(reply, all);
  const mark = async (offered: boolean) => {
    wanted.value = offered;
    await run(async () => {
      changed.value = await request<FrequentReply[]>(`${path}/${reply.id}`, {
        method: 'PUT',
        json: { offered },
      });
    });
    wanted.value = undefined;
  };
  return (
    <div class="field">
      <label>
        <input
          type="checkbox"
          checked={wanted.value ?? mine !== undefined}
          disabled={why !== undefined && wanted.value === undefined}
          onChange={({ currentTarget: { checked } }) => void mark(checked)}
        />{' '}
        {t.offered}
      </label>
      <span class="hint">
        {why ?? t.hint} {mine && (mine.offered ? verdictsOf(mine) : t.notShown)}
      </span>
      <ProblemNotice text={problem.value} />
    </div>
  );
}

/** All replies that customers are offered, and what they said to them. */
export function FrequentList({ edited, open }: { edited: unknown; open: (reply: string) => void }) {
  const t = frequentTexts();
  const loaded = useLoaded(() => request<FrequentReply[]>(path), [edited]);
  const all = loaded.value.value;
  if (!all) return <Failed loaded={[loaded]} />;
  return (
    <details class="card">
      <summary>{labelled(t.title, String(all.length))}</summary>
      {all.length === 0 && <p class="hint">{t.none}</p>}
      <ul class="plain stack">
        {all.map((each) => (
          <li key={each.reply} class="row spread">
            <span>
              <span lang={each.language}>{each.title}</span>{' '}
              <span class="hint">{each.offered ? verdictsOf(each) : t.notShown}</span>
            </span>
            <button
              type="button"
              class="button small"
              aria-label={labelled(t.open, each.title)}
              onClick={() => open(each.reply)}
            >
              {t.open}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
