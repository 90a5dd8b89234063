import type { HistoryPreview } from '../rest';
import { fieldsTexts, historyTexts, rolesTexts } from './history-texts';
import { columnFields, type Field, type Said } from './history-upload';

interface MappingProps {
  preview: HistoryPreview;
  said: Said;
  change: (said: Said) => void;
}

export const required: readonly Field[] = ['conversation', 'author', 'text'];
const roles = ['customer', 'agent', 'bot', 'system'] as const;
const otherRoles = ['customer', 'agent', 'system'] as const;

/** Which column is what, and which authors are agents. */
export function MappingFields({ preview, said, change }: MappingProps) {
  const t = historyTexts();
  const { columns, authors, reading } = preview;
  const chosen = (field: Field) => said.columns[field] ?? reading.mapping?.[field] ?? '';
  return (
    <>
      <fieldset class="stack history-mapping">
        <legend>{t.mapping}</legend>
        <div class="history-fields">
          {columnFields.map((field) => {
            const column = columns.find(({ name }) => name === chosen(field));
            return (
              <label key={field} class="field">
                <span>
                  {fieldsTexts()[field]}
                  {required.includes(field) && <span class="hint"> ({t.required})</span>}
                </span>
                <select
                  value={chosen(field)}
                  required={required.includes(field)}
                  onChange={({ currentTarget: { value } }) =>
                    change({
                      ...said,
                      columns: { ...said.columns, [field]: value },
                      roles: field === 'author' ? {} : said.roles,
                    })
                  }
                >
                  <option value="">{t.none}</option>
                  {columns.map(({ name }) => (
                    <option key={name} value={name}>
                      {name}
                    </option>
                  ))}
                </select>
                {column && column.examples.length > 0 && (
                  <span class="hint" dir="auto">
                    {t.examples({ some: column.examples.join(' · ') })}
                  </span>
                )}
              </label>
            );
          })}
        </div>
      </fieldset>
      {authors.length > 0 && (
        <fieldset class="stack history-mapping">
          <legend>{t.authors}</legend>
          <p class="hint">{t.authorsHint}</p>
          <div class="history-fields">
            {authors.map(({ value, role }) => (
              <label key={value} class="field">
                <span dir="auto">{value}</span>
                <select
                  value={said.roles[value] ?? role ?? ''}
                  onChange={({ currentTarget }) =>
                    change({ ...said, roles: { ...said.roles, [value]: currentTarget.value } })
                  }
                >
                  <option value="">{t.unknownRole}</option>
                  {roles.map((name) => (
                    <option key={name} value={name}>
                      {rolesTexts()[name]}
                    </option>
                  ))}
                </select>
              </label>
            ))}
            <label class="field">
              <span>{t.everybodyElse}</span>
              <select
                value={said.others ?? 'customer'}
                onChange={({ currentTarget }) => change({ ...said, others: currentTarget.value })}
              >
                {otherRoles.map((name) => (
                  <option key={name} value={name}>
                    {rolesTexts()[name]}
                  </option>
                ))}
              </select>
            </label>
          </div>
        </fieldset>
      )}
    </>
  );
}
