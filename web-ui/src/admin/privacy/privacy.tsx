import { useSignal } from '@preact/signals';
import { request, type Page } from '../../shared/api';
import { count, dateAndTime, withCommas } from '../../shared/language';
import { useLoaded } from '../../shared/load';
import type { ErasureReport, Retention } from '../rest';
import { Waiting } from '../waiting';
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
  const limit = useSignal(20);
  const erasures = useLoaded(
    () => request<Page<ErasureReport>>('/api/erasures', { query: { limit: limit.value } }),
    [limit.value],
  );
  const page = erasures.value.value;
  return (
    <section class="card stack" aria-label={t.erasures}>
      <h2>{t.erasures}</h2>
      <p class="hint">{t.erasuresHint}</p>
      {!page && <Waiting loaded={erasures} />}
      {page?.items.length === 0 && <p>{t.nothingErased}</p>}
      <ul class="list">
        {page?.items.map((one) => (
          <li key={one.id}>
            <div class="grow">
              <strong>{t.customer(one.customer.slice(-4).toUpperCase())}</strong>{' '}
              <span class="hint">
                {dateAndTime(one.erasedAt)} · {one.trigger === 'admin' ? t.byAdmin : t.byRetention}
                {one.reason && ` · ${one.reason}`}
              </span>
              <div class="hint">{withCommas(went(one))}</div>
              {one.models.length > 0 && (
                <span class="tag warn">{t.models(withCommas(one.models.map(String)))}</span>
              )}
            </div>
          </li>
        ))}
      </ul>
      {page?.next && limit.value < 200 && (
        <div>
          <button type="button" class="button small" onClick={() => (limit.value = 200)}>
            {t.more}
          </button>
        </div>
      )}
    </section>
  );
}

function went({ removed, snapshots }: ErasureReport): string[] {
  const t = privacyTexts();
  const kinds = Object.entries(removed)
    .filter(([kind, number]) => number > 0 && kind !== 'customers')
    .map(([kind, number]) => `${count(number)} ${t.kinds(kind)}`);
  return snapshots > 0 ? [...kinds, t.marked(snapshots)] : kinds;
}
