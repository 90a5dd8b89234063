import { request } from '../shared/api';
import { count, duration, percent, sentences } from '../shared/language';
import { useLoaded } from '../shared/load';
import { decisionTexts } from './decision-texts';
import { Bars, Figure } from './figures';
import type { DecisionFigures } from './rest';
import { Waiting } from './waiting';

/** Where answers came from, how long they took, and how much agents go by the place of a suggestion. */
export function Decisions() {
  const t = decisionTexts();
  const loaded = useLoaded(() => request<DecisionFigures>('/api/feedback/decisions'));
  const found = loaded.value.value;
  if (!found) return <Waiting loaded={loaded} />;
  const { answers, sources, medianMillis, medianEditDistance, ownMatched } = found;
  return (
    <>
      <section class="card stack">
        <h2>{t.title}</h2>
        <p class="hint">{t.newest({ answers: count(answers) })}</p>
        <Bars
          of={sources.map(({ source, answers }) => ({
            name: t[source ?? 'unknown'],
            number: answers,
            kind: source === 'suggestion' ? 'sent' : 'own',
          }))}
        />
      </section>
      <dl class="figures">
        {medianMillis !== undefined && <Figure name={t.medianTime} value={duration(medianMillis / 1000)} />}
        {medianEditDistance !== undefined && (
          <Figure
            name={t.medianEdit}
            value={t.characters({ number: count(Math.round(medianEditDistance)) })}
          />
        )}
        <Figure name={t.ownMatched} value={count(ownMatched)} />
      </dl>
      <ByPlace found={found} />
    </>
  );
}

function ByPlace({ found: { positions, shuffle } }: { found: DecisionFigures }) {
  const t = decisionTexts();
  return (
    <section class="card stack" aria-label={t.positionsTitle}>
      <h2>{t.positionsTitle}</h2>
      <p class="hint">{t.positionsHint}</p>
      {positions.length === 0 ? (
        <p>{t.noneShown}</p>
      ) : (
        <div class="table-box" tabIndex={0} role="group" aria-label={t.positionsTitle}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t.place}</th>
                {[t.shown, t.used, t.acceptance, t.looked, t.corrected].map((name) => (
                  <th key={name} scope="col" class="number">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {positions.map((place) => (
                <tr key={place.position}>
                  <th scope="row">{count(place.position)}</th>
                  <td class="number">{count(place.shown)}</td>
                  <td class="number">{count(place.used)}</td>
                  <td class="number">{percent(place.acceptance)}</td>
                  <td class="number">
                    <LookedAt place={place} />
                  </td>
                  <td class="number">{isMeasured(place) ? percent(place.corrected) : '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p>
        {shuffle.share > 0 || shuffle.used > 0
          ? sentences(
              t.shuffleOn({ share: percent(shuffle.share, 1), used: count(shuffle.used) }),
              shuffle.place === undefined
                ? undefined
                : t.shuffleMissing({ missing: count(shuffle.missing), place: count(shuffle.place) }),
            )
          : t.shuffleOff}
      </p>
    </section>
  );
}

type Place = DecisionFigures['positions'][number];

/** The first place is what the others are measured by. */
function isMeasured({ position, examination }: Place): boolean {
  return position === 1 || examination !== undefined;
}

function LookedAt({ place }: { place: Place }) {
  const t = decisionTexts();
  const { position, examination, examinationLow, examinationHigh } = place;
  if (position === 1) return <>{percent(1)}</>;
  if (examination === undefined || examinationLow === undefined || examinationHigh === undefined) {
    return <span class="hint">{t.notMeasured}</span>;
  }
  return (
    <>
      {percent(examination)}{' '}
      <span class="hint">
        ({t.between({ low: percent(examinationLow), high: percent(Math.min(1, examinationHigh)) })})
      </span>
    </>
  );
}
