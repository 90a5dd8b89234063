import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { request } from '../../shared/api';
import { Dialog, LeaveButton } from '../../shared/dialog';
import { fieldText, Form, formValues } from '../../shared/form';
import { dateAndTime } from '../../shared/language';
import { useAct } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import type { Run } from '../rest';
import { runTexts } from './run-texts';

/** As io.replyloop.training.TrainingResource has it. */
const longestReason = 500;

interface DecisionProps {
  run: Run;
  changed: () => Promise<void>;
}

/** What an admin decides about the model of a run, where nobody has, or what somebody decided against it. */
export function Decision({ run, changed }: DecisionProps) {
  const t = runTexts();
  const asking = useSignal(false);
  const { busy, problem, run: act } = useAct();
  const takeBack = () =>
    act(async () => {
      await request(`/api/training/runs/${run.id}/rejection`, { method: 'DELETE' });
      await changed();
    });
  if (run.stage === 'rejected' && run.rejection) {
    return (
      <div class="notice stack">
        <p>{t.rejectedBecause(dateAndTime(run.rejection.at), run.rejection.reason)}</p>
        <ProblemNotice text={problem.value} />
        <div>
          <button type="button" class="button small" disabled={busy.value} onClick={() => void takeBack()}>
            {t.takeBack}
          </button>
        </div>
      </div>
    );
  }
  if (run.stage !== 'awaiting-decision') return null;
  return (
    <div class="row spread">
      <p>{t.decide}</p>
      <button type="button" class="button small" onClick={() => (asking.value = true)}>
        {t.reject}
      </button>
      {asking.value && <RejectDialog run={run} changed={changed} closed={() => (asking.value = false)} />}
    </div>
  );
}

function RejectDialog({ run, changed, closed }: DecisionProps & { closed: () => void }) {
  const t = runTexts();
  const form = useRef<HTMLFormElement>(null);
  const { busy, problem, run: act } = useAct(() => ({ reason: t.reason }));
  const reject = () =>
    act(async () => {
      const reason = fieldText(formValues(form.current), 'reason');
      await request(`/api/training/runs/${run.id}/rejection`, { method: 'PUT', json: { reason } });
      closed();
      await changed();
    });
  return (
    <Dialog label={t.rejectQuestion(run.number)} closed={closed}>
      <Form form={form} submitted={() => void reject()}>
        <h2>{t.rejectQuestion(run.number)}</h2>
        <label class="field">
          <span>{t.reason}</span>
          <textarea name="reason" rows={3} required maxLength={longestReason} autofocus />
          <span class="hint">{t.reasonHint}</span>
        </label>
        <p class="hint">{t.rejectHint}</p>
        <ProblemNotice text={problem.value} />
        <div class="row">
          <button type="submit" class="button primary" disabled={busy.value}>
            {t.rejectIt}
          </button>
          <LeaveButton>{t.keep}</LeaveButton>
        </div>
      </Form>
    </Dialog>
  );
}
