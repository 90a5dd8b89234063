import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { request } from '../shared/api';
import { Dialog, LeaveButton } from '../shared/dialog';
import { Form } from '../shared/form';
import { day, withCommas } from '../shared/language';
import { useAct, useLoaded } from '../shared/load';
import { ProblemNotice } from '../shared/problem-notice';
import type { components } from '../shared/rest';
import type { Summary } from '../shared/frames';
import type { CustomerProfile } from './customer-card';
import { mergeTexts } from './customer-merge-texts';
import { customerName } from './customer-name';

type Candidate = components['schemas']['CustomerCandidate'];

interface Side {
  profile: CustomerProfile;
  conversations: Summary[];
}

export function nameOf({ id, name }: { id: string; name?: string }): string {
  return customerName({ customer: { id, name } });
}

interface MergeDialogProps {
  /** As it was when the agent asked: what is merged meanwhile, the server refuses. */
  profile: CustomerProfile;
  closed: () => void;
}

/** First who else it is, then both side by side. */
export function MergeDialog({ profile, closed }: MergeDialogProps) {
  const t = mergeTexts();
  const chosen = useSignal<string | undefined>(undefined);
  const words = useSignal('');
  return (
    <Dialog label={t.title} class="merge" closed={closed}>
      {chosen.value === undefined ? (
        <Search profile={profile} words={words} choose={(id) => (chosen.value = id)} />
      ) : (
        <Comparison
          ids={[profile.id, chosen.value]}
          back={() => (chosen.value = undefined)}
          closed={closed}
        />
      )}
    </Dialog>
  );
}

interface SearchProps {
  profile: CustomerProfile;
  words: { value: string };
  choose: (id: string) => void;
}

function Search({ profile, words, choose }: SearchProps) {
  const t = mergeTexts();
  const form = useRef<HTMLFormElement>(null);
  const asked = useSignal(words.value.trim());
  const q = asked.value;
  const found = useLoaded(
    async (signal) => ({
      q,
      list: await request<Candidate[]>(`/api/customers/${profile.id}/merge-candidates`, {
        query: q === '' ? {} : { q },
        signal,
      }),
    }),
    [profile.id, q],
  );
  const { value } = found.value;
  const find = () => {
    const now = words.value.trim();
    // The same words again, such as after a failure.
    if (now === q) void found.reload();
    else asked.value = now;
  };
  const heading = value?.q === '' ? [t.same, t.noneSame] : [t.found, t.noneFound];
  return (
    <div class="stack">
      <h2>{t.title}</h2>
      <p>{t.intro({ name: nameOf(profile) })}</p>
      <Form form={form} submitted={find}>
        <label class="field">
          <span>{t.search}</span>
          <input
            type="search"
            maxLength={200}
            autofocus
            autocomplete="off"
            dir="auto"
            value={words.value}
            onInput={({ currentTarget }) => (words.value = currentTarget.value)}
          />
        </label>
        <div>
          <button type="submit" class="button">
            {t.find}
          </button>
        </div>
      </Form>
      <ProblemNotice text={found.problem.value} />
      <div role="status" class="stack merge-found">
        {value && <p class="hint">{value.list.length > 0 ? heading[0] : heading[1]}</p>}
      </div>
      {value && value.list.length > 0 && (
        <ul class="plain candidates">
          {value.list.map((candidate) => (
            <li key={candidate.id}>
              <button type="button" class="button" onClick={() => choose(candidate.id)}>
                <strong dir="auto">{nameOf(candidate)}</strong>
                {candidate.because !== 'words' && (
                  <span class="tag accent">{t.because({ because: candidate.because })}</span>
                )}
                <span class="hint" dir="auto">
                  {withCommas(
                    [
                      candidate.email,
                      candidate.site && t.at({ site: candidate.site }),
                      t.since({ time: day(candidate.since) }),
                    ].filter((fact) => fact !== undefined),
                  )}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <div class="row">
        <LeaveButton>{t.cancel}</LeaveButton>
      </div>
    </div>
  );
}

interface ComparisonProps {
  ids: [string, string];
  back: () => void;
  closed: () => void;
}

async function side(id: string, signal: AbortSignal): Promise<Side> {
  const [profile, conversations] = await Promise.all([
    request<CustomerProfile>(`/api/customers/${id}/profile`, { signal }),
    request<Summary[]>(`/api/conversations/of-customer/${id}`, { signal }),
  ]);
  return { profile, conversations };
}

/** Whom the website vouches for stays so; otherwise whoever has a name. */
function usuallyKept([one, other]: Side[]): number {
  const weight = (side?: Side) =>
    (side && !side.profile.correctable ? 4 : 0) +
    (side?.profile.name ? 2 : 0) +
    (side?.profile.email ? 1 : 0);
  return weight(other) > weight(one) ? 1 : 0;
}

function Comparison({ ids: [one, other], back, closed }: ComparisonProps) {
  const t = mergeTexts();
  const loaded = useLoaded((signal) => Promise.all([side(one, signal), side(other, signal)]), [one, other]);
  const chosen = useSignal<number | undefined>(undefined);
  const { busy, problem, run } = useAct();
  const sides = loaded.value.value;
  const kept = chosen.value ?? (sides ? usuallyKept(sides) : 0);
  const merge = () =>
    void run(async () => {
      const [into, from] = kept === 0 ? [one, other] : [other, one];
      await request(`/api/customers/${into}/merged/${from}`, { method: 'PUT' });
      closed();
    });
  const name = sides?.[kept] ? nameOf(sides[kept].profile) : '';
  const anyBlocked = sides?.some(isBlocked) ?? false;
  return (
    <div class="stack">
      <h2>{t.compare}</h2>
      {sides && (
        <>
          <fieldset class="row">
            <legend>{t.keep}</legend>
            {sides.map(({ profile }, index) => (
              <label key={profile.id}>
                <input
                  type="radio"
                  name="kept"
                  autofocus={index === kept}
                  checked={index === kept}
                  onChange={() => (chosen.value = index)}
                />{' '}
                <span dir="auto">{nameOf(profile)}</span>
              </label>
            ))}
          </fieldset>
          <Facts sides={sides} kept={kept} />
          <ul class="merge-meaning">
            <li>{t.together({ name })}</li>
            <li>{t.apart}</li>
            {anyBlocked && <li>{t.bothBlocked}</li>}
            <li>{t.erased}</li>
            <li>{t.undone}</li>
          </ul>
        </>
      )}
      <ProblemNotice text={problem.value ?? loaded.problem.value} />
      <div class="row">
        <button type="button" class="button primary" disabled={busy.value || !sides} onClick={merge}>
          {t.do}
        </button>
        <button type="button" class="button" onClick={back}>
          {t.back}
        </button>
        <LeaveButton>{t.cancel}</LeaveButton>
      </div>
    </div>
  );
}

function isBlocked({ conversations }: Side): boolean {
  return conversations.some(({ customer }) => customer.blocked === true);
}

function Facts({ sides, kept }: { sides: Side[]; kept: number }) {
  const t = mergeTexts();
  const yesNo = (is: boolean) => (is ? t.yes : t.no);
  const facts: [string, (side: Side) => string | number][] = [
    [t.name, ({ profile }) => profile.name ?? t.unknown],
    [t.email, ({ profile }) => profile.email ?? t.unknown],
    [t.vouched, ({ profile }) => yesNo(!profile.correctable)],
    [
      t.conversations,
      ({ conversations }) =>
        withCommas([
          String(conversations.length),
          ...conversations.slice(0, 1).map(({ updatedAt }) => day(updatedAt)),
        ]),
    ],
    [t.notes, ({ profile }) => profile.notes.length],
    [t.others, ({ profile }) => profile.merged.length],
    [t.blocked, (one) => yesNo(isBlocked(one))],
  ];
  return (
    <table class="merge-facts">
      <thead>
        <tr>
          <td />
          {sides.map(({ profile }, index) => (
            <th key={profile.id} scope="col" dir="auto">
              {nameOf(profile)} {index === kept && <span class="tag accent">{t.kept}</span>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {facts.map(([label, value]) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            {sides.map((one) => (
              <td key={one.profile.id} dir="auto">
                {value(one)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
