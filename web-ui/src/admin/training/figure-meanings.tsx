import { elsewhere, metricTexts } from './metric-texts';

/** What each figure of a table says, with the name by which it can be looked up elsewhere. */
export function FigureMeanings({ names }: { names: string[] }) {
  const t = metricTexts();
  const known = names.filter((name) => t.says(name));
  if (known.length === 0) return null;
  return (
    <details class="meanings">
      <summary>{t.meaning}</summary>
      <dl>
        {known.map((name) => (
          <div key={name}>
            <dt>
              {t.named(name)}{' '}
              {elsewhere(name) && (
                <small class="hint" lang="en">
                  {elsewhere(name)}
                </small>
              )}
            </dt>
            <dd>{t.says(name)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
