import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { request } from '../../shared/api';
import { useLoaded } from '../../shared/load';
import type { Report } from '../rest';
import { Waiting } from '../waiting';
import { Acceptance } from './acceptance';
import { Filters, isFiltered, unfiltered } from './filters';
import { Handling } from './handling';
import { Coverage, LearningBrought } from './learning';
import { Parts } from './parts';
import { fromAddress, isWhole, toAddress, type Choice } from './period';
import { reportTexts } from './reports-texts';
import './reports.css';
import { Satisfaction } from './satisfaction';
import { Times } from './times';

interface NothingProps {
  choice: Choice;
  change: (part: Partial<Choice>) => void;
}

function Nothing({ choice, change }: NothingProps) {
  const t = reportTexts();
  if (!isFiltered(choice)) {
    return (
      <div class="card stack">
        <p class="finding">{t.empty}</p>
        <p>{t.emptyHint}</p>
      </div>
    );
  }
  return (
    <div class="card stack">
      <p class="finding">{t.noMatch}</p>
      <div class="row">
        <button type="button" class="button" onClick={() => change(unfiltered)}>
          {t.clear}
        </button>
      </div>
    </div>
  );
}

function isEmpty({ total, responses, handling, satisfaction }: Report): boolean {
  return (
    total.questions === 0 &&
    responses.length === 0 &&
    handling.begun === 0 &&
    handling.resolutions.count === 0 &&
    satisfaction.total.count === 0
  );
}

export function ReportsPage() {
  const t = reportTexts();
  const choice = useSignal<Choice>(fromAddress(location.hash));
  useEffect(() => {
    const follow = () => {
      if (location.hash.startsWith('#/reports')) choice.value = fromAddress(location.hash);
    };
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  const counted = useRef<Choice>(choice.value);
  if (isWhole(choice.value)) counted.current = choice.value;
  const asked = counted.current;
  const loaded = useLoaded(
    async (signal) => ({
      answered: asked,
      report: await request<Report>('/api/reports', { query: { ...asked }, signal }),
    }),
    [asked],
  );
  const report = loaded.value.value?.report;
  const waiting = report !== undefined && loaded.value.value?.answered !== asked;
  const change = (part: Partial<Choice>) => {
    const chosen = { ...choice.peek(), ...part };
    choice.value = chosen;
    if (isWhole(chosen)) history.replaceState(null, '', toAddress(chosen));
  };
  return (
    <>
      <p class="hint">{t.intro}</p>
      <Filters choice={choice.value} report={report} change={change} />
      <p role="status" class="hint">
        {waiting && loaded.problem.value === undefined ? t.counting : ''}
      </p>
      {report && loaded.problem.value === undefined ? (
        <div class={waiting ? 'stack counted' : 'stack'}>
          {isEmpty(report) ? (
            <Nothing choice={asked} change={change} />
          ) : (
            <>
              <Acceptance report={report} choice={asked} />
              <LearningBrought report={report} choice={asked} />
              <Handling report={report} choice={asked} />
              <Times report={report} choice={asked} />
              <Satisfaction report={report} choice={asked} />
              <Coverage report={report} choice={asked} />
              <Parts report={report} choice={asked} />
            </>
          )}
        </div>
      ) : (
        <Waiting loaded={loaded} />
      )}
    </>
  );
}
