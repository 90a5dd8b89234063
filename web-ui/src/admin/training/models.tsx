import { named } from '../../shared/messages';
import { useSignal } from '@preact/signals';
import { request } from '../../shared/api';
import { Dialog } from '../../shared/dialog';
import { dateAndTime, labelled, withCommas } from '../../shared/language';
import { useAct } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import { AcceptanceNotice } from './acceptance';
import { gateTexts } from './gate-texts';
import { metricTexts } from './metric-texts';
import { byWeight, format, Verdict } from './metrics';
import { CompareModels, type Pair } from './model-comparison';
import { ModelRetentionCard, PromotionHistory } from './model-retention';
import { modelTexts } from './model-texts';
import { ModelUploadCard } from './model-upload';
import { ShadowSection, StartShadow } from './shadow';
import { shadowTexts } from './shadow-texts';
import type { Model, Run } from '../rest';
import { trainingTexts } from './training-texts';

interface ModelListProps {
  models: Model[];
  runs?: Run[];
  changed: () => Promise<void>;
}

export function ModelList({ models, runs = [], changed }: ModelListProps) {
  const t = trainingTexts();
  const pair = useSignal<Pair | undefined>(undefined);
  const asked = useSignal<Model | undefined>(undefined);
  const unseen = useSignal<Model | undefined>(undefined);
  const shadows = useSignal(0);
  const promoted = useSignal<number | undefined>(undefined);
  const { busy, problem, run } = useAct();
  const newestFirst = [...models].sort((one, other) => other.number - one.number);
  const serving = models.find((model) => model.serving);
  const promote = (model: Model) =>
    run(async () => {
      await request(`/api/models/${model.id}/promote`, { method: 'POST', json: {} });
      promoted.value = model.number;
      asked.value = undefined;
      await changed();
    });
  return (
    <section class="stack">
      <div class="row spread">
        <h2>{t.models}</h2>
        <div role="status">
          {promoted.value !== undefined && (
            <p class="notice good">{t.promoted({ number: promoted.value })}</p>
          )}
        </div>
      </div>
      <AcceptanceNotice serving={serving?.id} models={models} rollBack={(model) => (asked.value = model)} />
      <ShadowSection models={models} started={shadows.value} promote={(model) => (asked.value = model)} />
      {serving?.learnedFromErased && <WithoutErased changed={changed} />}
      <ul class="card list models">
        {newestFirst.map((model) => (
          <li key={model.id} aria-label={t.model({ number: model.number })}>
            <div class="grow">
              <span class="row">
                <strong>{t.model({ number: model.number })}</strong>
                {model.serving && <span class="tag good">{t.serving}</span>}
                {model.learnedFromErased && <span class="tag warn">{t.learnedFromErased}</span>}
                {model.pinned && <span class="tag">{modelTexts().pinned}</span>}
                {model.filesRemovedAt !== undefined && <span class="tag">{modelTexts().filesRemoved}</span>}
              </span>
              <div class="hint">
                {withCommas([
                  model.uploadedFile === undefined
                    ? (named(t.origins, model.origin) ?? model.origin)
                    : modelTexts().uploadedFrom({ file: model.uploadedFile }),
                  ...(model.parent !== undefined ? [t.madeFrom({ parent: model.parent })] : []),
                ])}{' '}
                · {dateAndTime(model.createdAt)}
                {figures(model)}
              </div>
            </div>
            <a
              class="button quiet small"
              href={`/api/models/${model.id}/card`}
              target="_blank"
              aria-label={labelled(t.card, t.model({ number: model.number }))}
            >
              {t.card}
            </a>
            <PinButton model={model} changed={changed} />
            {model.filesRemovedAt === undefined && (
              <a
                class="button quiet small"
                href={`/api/models/${model.id}/download`}
                download
                aria-label={labelled(t.download, t.model({ number: model.number }))}
              >
                {t.download}
              </a>
            )}
            {!model.serving &&
              serving &&
              model.uploadedFile !== undefined &&
              model.filesRemovedAt === undefined && (
                <button
                  type="button"
                  class="button quiet small"
                  aria-label={labelled(modelTexts().againstServing, t.model({ number: model.number }))}
                  onClick={() => (pair.value = { one: serving.id, other: model.id })}
                >
                  {modelTexts().againstServing}
                </button>
              )}
            {!model.serving && serving && model.filesRemovedAt === undefined && (
              <button
                type="button"
                class="button quiet small"
                aria-label={labelled(shadowTexts().tryUnseen, t.model({ number: model.number }))}
                onClick={() => (unseen.value = model)}
              >
                {shadowTexts().tryUnseen}
              </button>
            )}
            {!model.serving && model.filesRemovedAt === undefined && (
              <button type="button" class="button small" onClick={() => (asked.value = model)}>
                {serving && model.number < serving.number ? t.rollBack : t.promote}
              </button>
            )}
          </li>
        ))}
      </ul>
      <CompareModels models={newestFirst} runs={runs} asked={pair.value} changed={changed} />
      <PromotionHistory serving={serving?.id} />
      <ModelUploadCard changed={changed} />
      <ModelRetentionCard changed={changed} />
      {unseen.value && serving && (
        <StartShadow
          model={unseen.value}
          champion={serving.number}
          closed={() => (unseen.value = undefined)}
          started={() => {
            unseen.value = undefined;
            shadows.value += 1;
          }}
        />
      )}
      {asked.value && (
        <Dialog
          label={t.promoteQuestion({ number: asked.value.number })}
          closed={() => (asked.value = undefined)}
        >
          <div class="stack">
            <h2>{t.promoteQuestion({ number: asked.value.number })}</h2>
            {asked.value.metrics && <Verdict metrics={asked.value.metrics} />}
            <p class="hint">{t.promoteHint}</p>
            <ProblemNotice text={problem.value} />
            <div class="row">
              <button
                type="button"
                class="button primary"
                disabled={busy.value}
                onClick={() => asked.value && void promote(asked.value)}
              >
                {serving && asked.value.number < serving.number ? t.rollBack : t.promote}
              </button>
              <button type="button" class="button" onClick={() => (asked.value = undefined)}>
                {t.keep}
              </button>
            </div>
          </div>
        </Dialog>
      )}
    </section>
  );
}

function PinButton({ model, changed }: { model: Model; changed: () => Promise<void> }) {
  const t = modelTexts();
  const { busy, problem, run } = useAct();
  const pin = () =>
    run(async () => {
      await request(`/api/models/${model.id}/pin`, { method: 'PUT', json: { pinned: !model.pinned } });
      await changed();
    });
  const act = model.pinned ? t.unpin : t.pin;
  return (
    <>
      <button
        type="button"
        class="button quiet small"
        disabled={busy.value}
        aria-label={labelled(act, t.model({ number: model.number }))}
        onClick={() => void pin()}
      >
        {act}
      </button>
      <ProblemNotice text={problem.value} />
    </>
  );
}

/** What the serving model has learned from erased customers goes with the next one that is made without them. */
function WithoutErased({ changed }: { changed: () => Promise<void> }) {
  const t = trainingTexts();
  const { busy, problem, run } = useAct();
  const start = () =>
    run(async () => {
      await request('/api/training/runs', { method: 'POST', json: { withoutErased: true } });
      await changed();
    });
  return (
    <div class="notice warn stack">
      <p>{t.erasedHint}</p>
      <ProblemNotice text={problem.value} />
      <div>
        <button type="button" class="button small" disabled={busy.value} onClick={() => void start()}>
          {t.trainWithoutErased}
        </button>
      </div>
    </div>
  );
}

/** What a comparison came to, in words; figures of a model that was never compared. */
function figures({ metrics = {} }: Model): string {
  const verdict = typeof metrics['verdict'] === 'string' ? gateTexts().verdicts(metrics['verdict']) : '';
  if (verdict) return ` · ${verdict}`;
  const numbers = Object.entries(metrics).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number',
  );
  return numbers
    .sort(([one], [other]) => byWeight(one, other))
    .slice(0, 4)
    .map(([name, value]) => ` · ${metricTexts().named(name)}: ${format(value)}`)
    .join('');
}
