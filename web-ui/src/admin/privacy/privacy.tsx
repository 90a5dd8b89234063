import { named } from '../../shared/messages';
import { useSignal } from '@preact/signals';
import { request, type Page } from '../../shared/api';
import { count, dateAndTime, withCommas } from '../../shared/language';
import { useAct, useLoaded } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import type { ErasureReport, Retention } from '../rest';
import { Waiting } from '../waiting';
import { erasedImportKinds, erasedImportsTexts } from './erased-imports-texts';
import { privacyTexts } from './privacy-texts';
import { RetentionForm } from './retention';

export function PrivacyPage() {
  const retention = useLoaded(() => request<Retention>('/api/retention'));
  return (
    <>
      {retention.value.value ? (
        <RetentionForm rule={retention.value.value} />
      ) : (
        <Waiting loaded={retention} />
      )}
      <Erasures />
    </>
  );
}

function Erasures() {
  const t = privacyTexts();
  const older = useSignal<ErasureReport[]>([]);
  const next = useSignal<string | undefined>(undefined);
  const { busy, problem, run } = useAct();
  const ask = (cursor?: string) =>
    request<Page<ErasureReport>>('/api/erasures', { query: { limit: 50, cursor } });
  const erasures = useLoaded(async () => {
    const first = await ask();
    older.value = [];
    next.value = first.next;
    return first.items;
  });
  const more = () =>
    run(async () => {
      const page = await ask(next.value);
      older.value = [...older.value, ...page.items];
      next.value = page.next;
    });
  const first = erasures.value.value;
  return (
    <section class="card stack" aria-label={t.erasures}>
      <h2>{t.erasures}</h2>
      <p class="hint">{t.erasuresHint}</p>
      <p class="hint">
        {erasedImportsTexts().reach} <a href="#/history">{erasedImportsTexts().open}</a>
      </p>
      {!first && <Waiting loaded={erasures} />}
      {first?.length === 0 && <p>{t.nothingErased}</p>}
      <ul class="list">
        {[...(first ?? []), ...older.value].map((one) => (
          <li key={one.id}>
            <div class="grow">
              <strong>{t.customer({ end: one.customer.slice(-4).toUpperCase() })}</strong>{' '}
              <span class="hint">
                {dateAndTime(one.erasedAt)} · {by(one)}
                {one.reason && ` · ${one.reason}`}
              </span>
              <div class="hint">{withCommas(went(one))}</div>
              {imports(one).map((said) => (
                <div key={said} class="hint">
                  {said}
                </div>
              ))}
              {one.models.length > 0 && (
                <span class="tag warn">{t.models({ numbers: withCommas(one.models.map(String)) })}</span>
              )}
            </div>
          </li>
        ))}
      </ul>
      <ProblemNotice text={problem.value} />
      {next.value !== undefined && (
        <div>
          <button type="button" class="button small" disabled={busy.value} onClick={() => void more()}>
            {t.more}
          </button>
        </div>
      )}
    </section>
  );
}

function by({ trigger, requestedByName }: ErasureReport): string {
  const t = privacyTexts();
  if (trigger !== 'admin') return t.byRetention;
  return requestedByName === undefined ? t.byAdmin : t.byName({ name: requestedByName });
}

/** Of imports, not of what went with the customer. */
const searched = 'imports-searched';
const notSearched = 'imports-not-searched';
const underWay = 'imports-under-way';
const notOfCustomer = ['customers', searched, notSearched, underWay];

function went({ removed, snapshots }: ErasureReport): string[] {
  const t = privacyTexts();
  const ofImports: Record<string, string | undefined> = erasedImportKinds();
  const kinds = Object.entries(removed)
    .filter(([kind, number]) => number > 0 && !notOfCustomer.includes(kind))
    .map(([kind, number]) =>
      t.number({ kind: ofImports[kind] ?? named(t.kinds, kind) ?? kind, number: count(number) }),
    );
  return snapshots > 0 ? [...kinds, t.marked({ snapshots })] : kinds;
}

/** What is known of imported conversations, and what is not. Nobody looked for those of a customer who was not asked about. */
function imports({ removed, trigger }: ErasureReport): string[] {
  const t = erasedImportsTexts();
  if (trigger !== 'admin') return [];
  const of = (kind: string) => removed[kind] ?? 0;
  const found = of('imported-conversations') > 0;
  return [
    of(searched) > 0 && (found ? t.found : t.foundNone)({ imports: of(searched) }),
    of(notSearched) > 0 && t.notSearched,
    of(underWay) > 0 && t.underWay({ imports: of(underWay) }),
  ].filter((said) => said !== false);
}
