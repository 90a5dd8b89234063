import { useSignal, type Signal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { Problem, request } from '../../shared/api';
import { dateAndTime, labelled, language, percent } from '../../shared/language';
import { useAct } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import type { ModelUploadUnderWay } from '../rest';
import { Cancelled, uploadModel } from './model-sending';
import { modelTexts } from './model-texts';

const address = '/api/model-uploads';

const listed = () => request<ModelUploadUnderWay[]>(address);

/** Brings a model from elsewhere. */
export function ModelUploadCard({ changed }: { changed: () => Promise<void> }) {
  const t = modelTexts();
  const input = useRef<HTMLInputElement>(null);
  const share = useSignal<number | undefined>(undefined);
  const made = useSignal<number | undefined>(undefined);
  const missing = useSignal(false);
  const refused = useSignal('');
  const others = useSignal<ModelUploadUnderWay[]>([]);
  const giveUp = useRef<AbortController>(undefined);
  const { busy, problem, run } = useAct();
  const send = () =>
    run(async () => {
      const file = input.current?.files?.[0];
      made.value = undefined;
      refused.value = '';
      missing.value = !file;
      others.value = [];
      if (!file) return;
      giveUp.current = new AbortController();
      try {
        share.value = 0;
        const model = await uploadModel(file, (now) => (share.value = now), giveUp.current.signal);
        made.value = model.number;
        if (input.current) input.current.value = '';
        await changed();
      } catch (failure) {
        if (failure instanceof Cancelled) return;
        // Others take all the places; they can be cancelled here.
        if (failure instanceof Problem && failure.code === 'conflict') others.value = await listed();
        if (failure instanceof Problem && failure.code === 'model-refused') refused.value = failure.message;
        throw failure;
      } finally {
        share.value = undefined;
      }
    });
  const sending = share.value !== undefined && share.value < 1;
  return (
    <section class="card stack" aria-label={t.upload}>
      <h3>{t.upload}</h3>
      <p class="hint">{t.uploadHint}</p>
      <div class="row">
        <input
          ref={input}
          type="file"
          aria-label={t.file}
          accept=".zip,.gz,.tgz,application/zip,application/gzip"
          disabled={busy.value}
        />
        <button type="button" class="button" disabled={busy.value} onClick={() => void send()}>
          {t.send}
        </button>
        {sending && (
          <button type="button" class="button quiet" onClick={() => giveUp.current?.abort()}>
            {t.cancel}
          </button>
        )}
      </div>
      {share.value !== undefined && (
        <div class="stack">
          {sending ? (
            <progress max={1} value={share.value} aria-label={t.upload} />
          ) : (
            <progress aria-label={t.checking} />
          )}
          <p class="hint">{sending ? t.sending({ percent: percent(share.value) }) : t.checking}</p>
        </div>
      )}
      {missing.value && (
        <p class="notice warn" role="alert">
          {t.choose}
        </p>
      )}
      <ProblemNotice text={problem.value} />
      {refused.value && language.value !== 'en' && (
        <p class="hint" lang="en">
          {refused.value}
        </p>
      )}
      {others.value.length > 0 && <UnderWay uploads={others} />}
      <div role="status">
        {made.value !== undefined && <p class="notice good">{t.uploaded({ model: made.value })}</p>}
      </div>
    </section>
  );
}

/** What takes up the places for uploads, of whichever admin. */
function UnderWay({ uploads }: { uploads: Signal<ModelUploadUnderWay[]> }) {
  const t = modelTexts();
  const { busy, problem, run } = useAct();
  const cancel = (id: string) =>
    run(async () => {
      await request(`${address}/${id}`, { method: 'DELETE' });
      uploads.value = await listed();
    });
  return (
    <section class="stack" aria-label={t.underWay}>
      <h4>{t.underWay}</h4>
      <ul class="plain stack">
        {uploads.value.map((one) => (
          <li key={one.id} class="row">
            <span>
              {one.file} <small>{told(one)}</small>
            </span>
            {!one.checking && (
              <button
                type="button"
                class="button quiet small"
                aria-label={labelled(t.giveUp, one.file)}
                disabled={busy.value}
                onClick={() => void cancel(one.id)}
              >
                {t.giveUp}
              </button>
            )}
          </li>
        ))}
      </ul>
      <ProblemNotice text={problem.value} />
    </section>
  );
}

function told(one: ModelUploadUnderWay): string {
  const t = modelTexts();
  const since = dateAndTime(one.begun);
  return one.checking
    ? t.beingChecked({ since })
    : t.sentSince({ percent: percent(one.received / one.bytes), since });
}
