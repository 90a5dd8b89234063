import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { count, dateAndTime, exactTime, labelled, listed, timeAgo } from '../../shared/language';
import type { AuditEntry, AuditFields } from '../rest';
import { actionTexts } from './action-texts';
import {
  actorTexts,
  auditTexts,
  fieldTexts,
  kindTexts,
  valueTexts,
  type ObjectKind,
  type OtherActor,
} from './audit-texts';
import { exportFieldTexts, exportLanguageTexts, exportTableTexts, exportTexts } from './export-texts';

/** A newer node may have written words that this page does not know: they are shown as they are. */
function word(table: Record<string, unknown>, name: string): string {
  const found = table[name];
  return typeof found === 'string' ? found : name;
}

export function actorName({ actorKind, actorName: name }: AuditEntry): string {
  return actorKind === 'account' ? name : word(actorTexts(), actorKind satisfies OtherActor);
}

/** Things that people know by their number have it as their label. */
const numbered = new Set<string>(['model', 'training-run', 'example']);

export function objectName({ objectKind, objectId, label, erasedAt }: AuditEntry): string {
  const t = auditTexts();
  const kind = word(kindTexts(), objectKind);
  if (label === undefined) {
    if (erasedAt) return labelled(kind, t.erased);
    return objectKind === 'customer' && objectId
      ? t.visitorNumber({ id: objectId.slice(-4).toUpperCase() })
      : kind;
  }
  return numbered.has(objectKind) ? t.numbered({ kind, number: label }) : labelled(kind, label);
}

const pages: Record<Exclude<ObjectKind, 'reply'>, string | undefined> = {
  'first-steps': '#/overview',
  'knowledge-base': '#/knowledge',
  account: '#/users',
  invitation: '#/users',
  token: '#/programs',
  webhook: '#/webhooks',
  site: '#/sites',
  team: '#/teams',
  customer: '#/sites',
  'history-import': '#/history',
  'history-draft': '#/history',
  'unanswered-group': '#/unanswered',
  example: undefined,
  'training-run': '#/training',
  'training-schedule': '#/training',
  'promotion-policy': '#/training',
  'retention-rule': '#/privacy',
  'sign-in-rule': '#/users',
  model: '#/training',
  report: '#/reports',
  'model-retention': '#/training',
  label: '#/labels',
};

/** Where the page of it is; of some things there is none. */
function addressOf({ action, objectKind, objectId }: AuditEntry): string | undefined {
  if (action === 'customer.erased') return '#/privacy';
  if (objectKind === 'reply') return objectId && `#/knowledge/${objectId}`;
  return pages[objectKind];
}

interface EntryRowsProps {
  entry: AuditEntry;
  now: number;
  shown: boolean;
  toggle: () => void;
  /** Names of accounts, by their ids. */
  people?: Map<string, string>;
  /** Shows what else was done to it. */
  only?: () => void;
}

/** Which table left the application, and what it was filtered by; empty for all other entries. */
function exported({ action, after }: AuditEntry, people: Map<string, string>): string {
  if (action !== 'report.exported' || !after) return '';
  const value = (name: string) => {
    const given = after[name];
    return typeof given === 'string' && given !== '' ? told(name, given, people) : undefined;
  };
  const [from, to] = [value('from'), value('to')];
  return [
    value('table'),
    from && to && exportTexts().days({ from, to }),
    ...['language', 'category', 'agent'].map((name) => {
      const filter = value(name);
      return filter && labelled(word(fields(), name), filter);
    }),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** Of changes and of exports. */
function fields(): Record<string, string> {
  return { ...fieldTexts(), ...exportFieldTexts() };
}

export function EntryRows({ entry, now, shown, toggle, people = new Map(), only }: EntryRowsProps) {
  const t = auditTexts();
  const id = useId();
  const action = word(actionTexts(), entry.action);
  // Who signs in is who it is about.
  const self = entry.objectKind === 'account' && entry.objectId === entry.actorId;
  const address = addressOf(entry);
  const what = exported(entry, people);
  return (
    <>
      <tr class={shown ? 'opened' : undefined}>
        <td class="when">
          <time dateTime={entry.at} title={exactTime(entry.at)}>
            {timeAgo(entry.at, now)}
            <span class="hint">{dateAndTime(entry.at)}</span>
          </time>
        </td>
        <td class={entry.actorKind === 'account' ? 'who' : 'who hint'}>{actorName(entry)}</td>
        <th scope="row">{action}</th>
        <td class="about">
          {!self && (address ? <a href={address}>{objectName(entry)}</a> : objectName(entry))}
          {what !== '' && <div class="hint">{what}</div>}
        </td>
        <td class="act">
          <button
            type="button"
            class="button quiet small"
            aria-expanded={shown}
            aria-controls={shown ? id : undefined}
            aria-label={labelled(t.details, action)}
            onClick={toggle}
          >
            {t.details}
          </button>
        </td>
      </tr>
      {shown && (
        <tr class="more" id={id}>
          <td colSpan={5}>
            <div class="stack">
              <dl class="facts">
                <Fact name={t.time}>{exactTime(entry.at)}</Fact>
                {entry.address && <Fact name={t.address}>{entry.address}</Fact>}
                {!self && (
                  <Fact name={t.about}>
                    {objectName(entry)}{' '}
                    {only && (
                      <button type="button" class="button small" onClick={only}>
                        {t.onlyThis}
                      </button>
                    )}
                  </Fact>
                )}
              </dl>
              <Changes entry={entry} people={people} />
              {entry.erasedAt && <p class="hint">{t.erasedAt({ time: dateAndTime(entry.erasedAt) })}</p>}
            </div>
          </td>
        </tr>
      )}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

interface ChangesProps {
  entry: AuditEntry;
  people: Map<string, string>;
}

function Changes({ entry: { before, after }, people }: ChangesProps) {
  const t = auditTexts();
  if (after?.['moreNotRecorded']) return <p class="notice warn">{t.moreNotRecorded}</p>;
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].sort(byOrder);
  if (names.length === 0) return null;
  return (
    <table class="changes">
      <thead>
        <tr>
          <th scope="col">{t.field}</th>
          {before && <th scope="col">{t.before}</th>}
          <th scope="col">{before ? t.after : t.value}</th>
        </tr>
      </thead>
      <tbody>
        {names.map((name) => (
          <tr key={name}>
            <th scope="row">{word(fields(), name)}</th>
            {before && (
              <td class="was" data-label={t.before}>
                <Value name={name} fields={before} people={people} />
              </td>
            )}
            <td data-label={before ? t.after : t.value}>
              <Value name={name} fields={after} people={people} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** As the table of texts has them; the database keeps no order. */
function byOrder(one: string, other: string): number {
  const order = Object.keys(fields());
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return place(one) - place(other) || one.localeCompare(other);
}

interface ValueProps {
  name: string;
  fields: AuditFields | undefined;
  people: Map<string, string>;
}

function Value({ name, fields: given, people }: ValueProps) {
  const value = given?.[name];
  if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) {
    return <span class="hint">{auditTexts().empty}</span>;
  }
  if (name === 'color' && typeof value === 'string') {
    return (
      <>
        <span class="colour-dot" style={{ background: value }} aria-hidden="true" /> {value}
      </>
    );
  }
  return (
    <span class="said" dir="auto">
      {told(name, value, people)}
    </span>
  );
}

function told(name: string, value: unknown, people: Map<string, string>): string {
  const t = auditTexts();
  if (typeof value === 'boolean') return value ? t.yes : t.no;
  if (typeof value === 'number') return name === 'serving' ? t.model({ number: value }) : count(value);
  if (typeof value === 'string') {
    if (name === 'agent') return people.get(value) ?? value;
    if (name === 'table') return word(exportTableTexts(), value);
    if (name === 'language') return word(exportLanguageTexts(), value);
    return ['role', 'state', 'act', 'queue'].includes(name) ? word(valueTexts(), value) : value;
  }
  // Of long texts in a list, too, there is only the length.
  if (Array.isArray(value)) {
    return listed(value.map((each) => (typeof each === 'object' ? told(name, each, people) : String(each))));
  }
  if (value && typeof value === 'object' && 'characters' in value) {
    return t.characters({ number: count(Number(value.characters)) });
  }
  return JSON.stringify(value);
}
