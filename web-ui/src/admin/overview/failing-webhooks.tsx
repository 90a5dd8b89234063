import { request } from '../../shared/api';
import { withCommas } from '../../shared/language';
import { useLoaded } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import type { Webhook } from '../rest';
import { webhookTexts } from '../webhooks/texts';

/** Shorter than that, a receiver is being restarted. */
const worthANotice = 600_000;

/** Webhooks whose programs have taken nothing for a while; nothing where all is well. */
export function FailingWebhooks() {
  const loaded = useLoaded(() => request<Webhook[]>('/api/webhooks'));
  const failing = loaded.value.value?.filter(
    ({ state, failingSince }) =>
      state === 'given-up' ||
      (state === 'failing' && Date.now() - Date.parse(failingSince ?? '') > worthANotice),
  );
  if (!failing?.length) return <ProblemNotice text={loaded.problem.value} />;
  return (
    <p class="notice warn">
      <a href="#/webhooks">
        {webhookTexts().failingOnes({ names: withCommas(failing.map(({ name }) => name)) })}
      </a>
    </p>
  );
}
