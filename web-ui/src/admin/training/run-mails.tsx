import { request } from '../../shared/api';
import { useAct, useLoaded } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import { mailTexts } from '../mail/texts';
import type { RunMails } from '../rest';

/** Each admin says for themselves whether they are told how runs have ended; nothing is shown where no mails are sent. */
export function RunMailsCard() {
  const t = mailTexts();
  const mails = useLoaded(() => request<RunMails>('/api/training/mails'));
  const { busy, problem, run } = useAct();
  const now = mails.value.value;
  if (!now?.offered) return null;
  const change = (wanted: boolean) =>
    run(async () => {
      try {
        await request('/api/training/mails', { method: 'PUT', json: { wanted } });
      } finally {
        await mails.reload();
      }
    });
  return (
    <section class="card stack" aria-label={t.runMails}>
      <label>
        <input
          type="checkbox"
          checked={now.wanted}
          disabled={busy.value}
          onChange={({ currentTarget }) => void change(currentTarget.checked)}
        />{' '}
        {t.runMails}
      </label>
      <p class="hint">{t.runMailsHint}</p>
      <ProblemNotice text={problem.value} />
    </section>
  );
}
