import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { request } from '../../shared/api';
import { count } from '../../shared/language';
import { useAct, useLoaded } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import type { CurationQueues } from '../rest';
import { address } from './acting';
import { datasetTexts } from './dataset-texts';
import { AllExamples } from './examples';
import type { Act } from './filters';
import { Look, QueueItems, queueNames, type QueueName } from './queues';
import { queueTexts } from './queue-texts';
import { Failed } from '../waiting';

const again = 1000;

export function DatasetPage() {
  const t = queueTexts();
  const queues = useLoaded(() => request<CurationQueues>(`${address}/queues`));
  const chosen = useSignal<QueueName | undefined>(undefined);
  const only = useSignal<Act | undefined>(undefined);
  const { problem, run } = useAct();
  const found = queues.value.value;
  const working = found?.progress !== undefined;
  useEffect(() => {
    if (!working) return;
    const timer = setTimeout(() => void queues.reload(), again);
    return () => clearTimeout(timer);
  }, [found, working]);
  const lookAgain = () =>
    run(async () => {
      queues.value.value = await request<CurationQueues>(`${address}/queues/look`, { method: 'POST' });
    });
  const items = (name: QueueName) => found?.queues.find(({ queue }) => queue === name)?.items ?? 0;
  const tab = (name: QueueName | undefined, text: string) => (
    <button
      key={text}
      type="button"
      class="button small"
      aria-pressed={chosen.value === name}
      onClick={() => {
        only.value = undefined;
        chosen.value = name;
      }}
    >
      {text}
    </button>
  );
  return (
    <>
      <p class="hint">{datasetTexts().intro}</p>
      <div class="row dataset-tabs" role="group" aria-label={t.tabs}>
        {tab(undefined, t.all)}
        {queueNames.map((name) =>
          tab(name, found ? t.open({ name: t[name], number: count(items(name)) }) : t[name]),
        )}
      </div>
      <ProblemNotice text={problem.value} />
      <Failed loaded={[queues]} />
      {chosen.value === undefined ? (
        <AllExamples only={only.value} />
      ) : (
        <>
          {found && <Look queues={found} again={() => void lookAgain()} />}
          <QueueItems
            key={chosen.value}
            queue={chosen.value}
            at={found?.at}
            examples={found?.examples}
            changed={queues.reload}
            open={(act) => {
              only.value = act;
              chosen.value = undefined;
            }}
          />
        </>
      )}
    </>
  );
}
