import { useRef } from 'preact/hooks';
import { count, sentences } from '../../shared/language';
import type { Report } from '../rest';
import { FoldedFilters } from '../folded-filters';
import { lastDays, usualDays, type Choice } from './period';
import { reportTexts } from './reports-texts';

const presets = [7, usualDays, 90, 365];
export const unfiltered = { language: '', category: '', agent: '' };

export function isFiltered({ language, category, agent }: Choice): boolean {
  return Boolean(language || category || agent);
}

interface FiltersProps {
  choice: Choice;
  report?: Report;
  change: (part: Partial<Choice>) => void;
}

export function Filters({ choice, report, change }: FiltersProps) {
  const t = reportTexts();
  // A filtered report names what it was filtered by alone; the others stay to choose from.
  const categories = useRef(new Set<string>());
  const agents = useRef(new Map<string, string>());
  report?.categories.forEach(({ name }) => name && categories.current.add(name));
  report?.agents.forEach(({ id, name }) => agents.current.set(id, name));
  if (choice.category) categories.current.add(choice.category);
  return (
    <section class="card stack" aria-label={t.period}>
      <div class="row report-presets">
        {presets.map((days) => {
          const period = lastDays(days);
          return (
            <button
              key={days}
              type="button"
              class="button small"
              aria-pressed={choice.from === period.from && choice.to === period.to}
              onClick={() => change(period)}
            >
              {days === 365 ? t.lastYear : t.lastDays({ days: count(days) })}
            </button>
          );
        })}
      </div>
      <div class="filters report-filters">
        <FoldedFilters given={[choice.language, choice.category, choice.agent].filter(Boolean).length}>
          <label class="field">
            <span>{t.from}</span>
            <input
              type="date"
              value={choice.from}
              onChange={({ currentTarget }) => change({ from: currentTarget.value })}
            />
          </label>
          <label class="field">
            <span>{t.to}</span>
            <input
              type="date"
              value={choice.to}
              onChange={({ currentTarget }) => change({ to: currentTarget.value })}
            />
          </label>
          <label class="field">
            <span>{t.language}</span>
            <select
              value={choice.language}
              onChange={({ currentTarget }) => change({ language: currentTarget.value })}
            >
              <option value="">{t.all}</option>
              <option value="zh">{t.chinese}</option>
              <option value="other">{t.otherLanguages}</option>
            </select>
          </label>
          <label class="field">
            <span>{t.category}</span>
            <select
              value={choice.category}
              onChange={({ currentTarget }) => change({ category: currentTarget.value })}
            >
              <option value="">{t.all}</option>
              {[...categories.current].sort().map((name) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          {report?.byAgent !== false && (
            <label class="field">
              <span>{t.agent}</span>
              <select
                value={choice.agent}
                onChange={({ currentTarget }) => change({ agent: currentTarget.value })}
              >
                <option value="">{t.all}</option>
                {[...agents.current].map(([id, name]) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
          )}
        </FoldedFilters>
      </div>
      <div class="row spread">
        <p class="hint">
          {sentences(
            report && t.zone({ zone: report.timeZone }),
            choice.category || choice.agent ? t.filtered : undefined,
          )}
        </p>
        {isFiltered(choice) && (
          <button type="button" class="button quiet small" onClick={() => change(unfiltered)}>
            {t.clear}
          </button>
        )}
      </div>
    </section>
  );
}
