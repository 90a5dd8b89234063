import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { Problem } from '../../shared/api';
import { language, percent } from '../../shared/language';
import { useAct } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import { Cancelled, uploadModel } from './model-sending';
import { modelTexts } from './model-texts';

/** Brings a model from elsewhere. */
export function ModelUploadCard({ changed }: { changed: () => Promise<void> }) {
  const t = modelTexts();
  const input = useRef<HTMLInputElement>(null);
  const share = useSignal<number | undefined>(undefined);
  const made = useSignal<number | undefined>(undefined);
  const missing = useSignal(false);
  const refused = useSignal('');
  const giveUp = useRef<AbortController>(undefined);
  const { busy, problem, run } = useAct();
  const send = () =>
    run(async () => {
      const file = input.current?.files?.[0];
      made.value = undefined;
      refused.value = '';
      missing.value = !file;
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
          <p class="hint">{sending ? t.sending(percent(share.value)) : t.checking}</p>
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
      <div role="status">
        {made.value !== undefined && <p class="notice good">{t.uploaded(made.value)}</p>}
      </div>
    </section>
  );
}
