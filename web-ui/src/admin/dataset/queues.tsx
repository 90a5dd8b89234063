import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { request, type Page } from '../../shared/api';
import { count, dateAndTime, labelled, percent, sentences } from '../../shared/language';
import { useAct, useLoaded } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import type { CurationItem, CurationQueues, Example } from '../rest';
import { adminTexts } from '../texts';
import { Waiting } from '../waiting';
import { address, useActing, type Acting } from './acting';
import { datasetTexts } from './dataset-texts';
import { ExampleCard } from './example';
import type { Act } from './filters';
import { Lately } from './history';
import { queueTexts } from './queue-texts';

export const queueNames = ['contradiction', 'label-error', 'near-repeat', 'rejected'] as const;
export type QueueName = (typeof queueNames)[number];

const mostItems = 20;
/** With fewer examples, what others have taught is mostly chance. */
const enoughForErrors = 1_000;

/** What the examples were looked through for, how far that is, and a way to do it again. */
export function Look({ queues, again }: { queues: CurationQueues; again: () => void }) {
  const t = queueTexts();
  const { progress, at, examples, cut, byMeaning, fresh = 0, failed } = queues;
  const steps: Record<string, string> = { reading: t.reading, comparing: t.comparing, judging: t.judging };
  const told = progress && (steps[progress.step] ?? t.reading);
  return (
    <>
      {progress && (
        <div class="card stack">
          <span>{told}</span>
          <progress aria-label={told} value={progress.share} max={1} />
        </div>
      )}
      {failed && !progress && <p class="notice bad">{t.failed}</p>}
      <div class="row spread">
        <p class="hint">
          {at === undefined
            ? t.neverLooked
            : sentences(
                t.lookedAt({ time: dateAndTime(at), number: count(examples ?? 0) }),
                cut ? t.cut : undefined,
                fresh > 0 ? t.fresh({ number: count(fresh) }) : undefined,
              )}
        </p>
        <button type="button" class="button small" disabled={progress !== undefined} onClick={again}>
          {t.lookAgain}
        </button>
      </div>
      {at !== undefined && byMeaning === false && <p class="notice warn">{t.byWords}</p>}
    </>
  );
}

interface QueueProps {
  queue: QueueName;
  /** Changes when the examples were looked through again. */
  at: string | undefined;
  /** How many were looked through. */
  examples: number | undefined;
  changed: () => Promise<void>;
  open: (act: Act) => void;
}

/** What is open in one queue. */
export function QueueItems({ queue, at, examples, changed, open }: QueueProps) {
  const t = queueTexts();
  const path = `${address}/queues/${queue}`;
  const items = useLoaded(
    () => request<Page<CurationItem>>(path, { query: { limit: mostItems } }),
    [queue, at],
  );
  /** What was found right last, for whoever thinks better of it. */
  const settled = useSignal<string | undefined>(undefined);
  useEffect(() => {
    settled.value = undefined;
  }, [queue]);
  const { busy, problem, run } = useAct();
  const acting = useActing(async () => {
    await items.reload();
    await changed();
  });
  const looksRight = (item: string, method: 'PUT' | 'DELETE') =>
    run(async () => {
      await request(`${path}/${item}/looks-right`, { method });
      settled.value = method === 'PUT' ? item : undefined;
      await items.reload();
      await changed();
    });
  const page = items.value.value;
  const more = () =>
    run(async () => {
      const next = await request<Page<CurationItem>>(path, {
        query: { limit: mostItems, cursor: page?.next },
      });
      items.value.value = { items: [...(page?.items ?? []), ...next.items], next: next.next };
    });
  return (
    <>
      <h2>{t[queue]}</h2>
      <p>{t[`${queue} explained`]}</p>
      {queue === 'label-error' && examples !== undefined && examples < enoughForErrors && (
        <p class="notice warn">{t.tooFew({ number: count(examples), enough: count(enoughForErrors) })}</p>
      )}
      <Lately busy={acting.acts.busy} undo={acting.acts.undo} open={open} at={acting.acted} />
      <ProblemNotice text={problem.value} />
      {acting.said}
      <div role="status">
        {settled.value !== undefined && (
          <div class="notice good row spread">
            <span>{t.foundRight}</span>
            <button
              type="button"
              class="button small"
              disabled={busy.value}
              onClick={() => void looksRight(settled.peek() ?? '', 'DELETE')}
            >
              {datasetTexts().undo}
            </button>
          </div>
        )}
      </div>
      {!page ? (
        <Waiting loaded={items} />
      ) : page.items.length === 0 ? (
        <p class="card hint">{t.nothingOpen}</p>
      ) : (
        <ol class="examples" aria-label={t[queue]}>
          {page.items.map((item) => (
            <Item
              key={item.id}
              queue={queue}
              item={item}
              acting={acting}
              busy={busy.value || acting.acts.busy}
              looksRight={() => void looksRight(item.id, 'PUT')}
            />
          ))}
        </ol>
      )}
      {page?.next && (
        <div>
          <button type="button" class="button" disabled={busy.value} onClick={() => void more()}>
            {adminTexts().more}
          </button>
        </div>
      )}
    </>
  );
}

interface ItemProps {
  queue: QueueName;
  item: CurationItem;
  acting: Acting;
  busy: boolean;
  looksRight: () => void;
}

function Item({ queue, item, acting, busy, looksRight }: ItemProps) {
  const t = queueTexts();
  const { examples, probability } = item;
  const newest = examples[0];
  const name = datasetTexts().example(String(newest?.id));
  const label = (verdict: 'fits' | 'does-not-fit') =>
    void acting.act(async () => ({
      changed: await request<Example[]>(`${address}/labels`, {
        method: 'POST',
        json: { examples: examples.map(({ id, version }) => ({ id, version })), verdict },
      }),
      text: () => datasetTexts().doneToExamples(count(examples.length)),
    }));
  const acts: [string, () => void][] =
    queue === 'contradiction'
      ? [
          [t.allFit, () => label('fits')],
          [t.noneFits, () => label('does-not-fit')],
        ]
      : queue === 'near-repeat'
        ? [
            [
              t.keepNewest,
              () =>
                void acting.exclude(
                  examples.slice(1).map(({ id }) => id),
                  true,
                ),
            ],
          ]
        : [];
  return (
    <li class="item stack">
      <div class="row">
        {probability !== undefined && <strong>{t.likely({ share: percent(probability) })}</strong>}
        {acts.map(([told, act]) => (
          <button
            key={told}
            type="button"
            class="button small primary"
            aria-label={labelled(told, name)}
            disabled={busy}
            onClick={act}
          >
            {told}
          </button>
        ))}
        <button
          type="button"
          class="button small"
          aria-label={labelled(t.looksRight, name)}
          disabled={busy}
          onClick={looksRight}
        >
          {t.looksRight}
        </button>
      </div>
      <ul class="examples">
        {examples.map((example) => (
          <ExampleCard key={example.id} example={example} acts={acting.acts} />
        ))}
      </ul>
    </li>
  );
}
