import { useSignal } from '@preact/signals';
import { request } from '../shared/api';
import { Dialog } from '../shared/dialog';
import { dateAndTime } from '../shared/language';
import { useAct } from '../shared/load';
import { ProblemNotice } from '../shared/problem-notice';
import type { Site } from './rest';
import { Snippet } from './snippet';
import { adminTexts } from './texts';

const keepFor = [0, 60, 24 * 60, 7 * 24 * 60] as const;

interface SiteIdentityProps {
  site: Site;
  changed: () => Promise<void>;
}

/** How a website vouches for its customers, and how their access is taken back. */
export function SiteIdentity({ site, changed }: SiteIdentityProps) {
  const t = adminTexts();
  const secret = useSignal<string | undefined>(undefined);
  const asking = useSignal<'secret' | 'tokens' | undefined>(undefined);
  const keep = useSignal<number>(24 * 60);
  const { busy, problem, run } = useAct(() => ({ keepOldMinutes: t.keepOld }));
  const act = (what: () => Promise<void>) =>
    void run(async () => {
      await what();
      asking.value = undefined;
      await changed();
    });
  const renew = (keepOldMinutes: number) =>
    act(async () => {
      const made = await request<{ secret: string }>(`/api/sites/${site.id}/identity-secret`, {
        method: 'POST',
        json: { keepOldMinutes },
      });
      secret.value = made.secret;
    });
  const end = (what: 'customer-tokens' | 'previous-identity-secret') =>
    act(() => request(`/api/sites/${site.id}/${what}`, { method: 'DELETE' }));
  const keepTexts = [t.keepNot, t.keepHour, t.keepDay, t.keepWeek];
  return (
    <div class="stack">
      <h3>{t.identityRequired}</h3>
      <p class="hint">
        {t.identityHint} {site.hasIdentitySecret ? t.hasSecret : t.noSecret}
      </p>
      {secret.value && (
        <>
          <p class="notice warn">{t.secretOnce}</p>
          <Snippet text={secret.value} />
        </>
      )}
      {site.previousSecretUntil && new Date(site.previousSecretUntil) > new Date() && (
        <p class="notice row spread">
          <span>{t.twoSecrets({ time: dateAndTime(site.previousSecretUntil) })}</span>
          <button type="button" class="button small" onClick={() => end('previous-identity-secret')}>
            {t.endOldSecret}
          </button>
        </p>
      )}
      {site.customersNotBefore && (
        <p class="hint">{t.tokensEnded({ time: dateAndTime(site.customersNotBefore) })}</p>
      )}
      {!asking.value && <ProblemNotice text={problem.value} />}
      <div class="row">
        <button
          type="button"
          class="button small"
          onClick={() => {
            // One that has just been made is there before the list of sites says so.
            if (site.hasIdentitySecret || secret.value) asking.value = 'secret';
            else renew(0);
          }}
        >
          {t.newSecret}
        </button>
        <button type="button" class="button small" onClick={() => (asking.value = 'tokens')}>
          {t.endTokens}
        </button>
      </div>
      {asking.value === 'secret' && (
        <Dialog label={t.replaceSecret} closed={() => (asking.value = undefined)}>
          <div class="stack">
            <h2>{t.replaceSecret}</h2>
            <p>{t.replaceSecretText}</p>
            <label class="field">
              <span>{t.keepOld}</span>
              <select
                value={String(keep.value)}
                onChange={({ currentTarget: { value } }) => (keep.value = Number(value))}
              >
                {keepFor.map((minutes, index) => (
                  <option key={minutes} value={String(minutes)}>
                    {keepTexts[index]}
                  </option>
                ))}
              </select>
              <span class="hint">{t.keepOldHint}</span>
            </label>
            <ProblemNotice text={problem.value} />
            <Choice
              yes={t.replace}
              busy={busy.value}
              chosen={() => renew(keep.value)}
              closed={() => (asking.value = undefined)}
            />
          </div>
        </Dialog>
      )}
      {asking.value === 'tokens' && (
        <Dialog label={t.endTokens} closed={() => (asking.value = undefined)}>
          <div class="stack">
            <h2>{t.endTokens}</h2>
            <p>{t.endTokensText}</p>
            <ProblemNotice text={problem.value} />
            <Choice
              yes={t.endThem}
              busy={busy.value}
              chosen={() => end('customer-tokens')}
              closed={() => (asking.value = undefined)}
            />
          </div>
        </Dialog>
      )}
    </div>
  );
}

interface ChoiceProps {
  yes: string;
  busy: boolean;
  chosen: () => void;
  closed: () => void;
}

function Choice({ yes, busy, chosen, closed }: ChoiceProps) {
  return (
    <div class="row">
      <button type="button" class="button primary" disabled={busy} onClick={chosen}>
        {yes}
      </button>
      <button type="button" class="button" onClick={closed}>
        {adminTexts().cancel}
      </button>
    </div>
  );
}
