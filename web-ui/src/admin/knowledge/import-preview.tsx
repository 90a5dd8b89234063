import { fieldName, reasonText } from './import-reasons';
import { encodings, fields, mappingWith, separators, type Reading, type Wishes } from './import-report';
import { knowledgeTexts } from './knowledge-texts';

interface PreviewProps {
  file: Reading;
  wishes: Wishes;
  change: (part: Partial<Wishes>) => void;
}

/** The first rows as they would be read, and what can be chosen about the reading. */
export function ImportPreview({ file, wishes, change }: PreviewProps) {
  const t = knowledgeTexts();
  // Another reading has other columns, so what was chosen for the old ones goes.
  const read = (part: Partial<Wishes>) => change({ ...part, mapping: undefined });
  return (
    <section class="stack" aria-label={t.howRead}>
      <div class="columns">
        <EncodingField file={file} chosen={wishes.encoding} choose={(encoding) => read({ encoding })} />
        {file.separator !== undefined && (
          <label class="field">
            <span>{t.separator}</span>
            <select
              value={separators[file.separator as keyof typeof separators]}
              onChange={({ currentTarget: { value } }) => read({ separator: value })}
            >
              {Object.values(separators).map((name) => (
                <option key={name} value={name}>
                  {t[name]}
                </option>
              ))}
            </select>
          </label>
        )}
        {file.separator !== undefined && (
          <label class="field">
            <span>{t.firstLine}</span>
            <select
              value={String(file.header)}
              onChange={({ currentTarget: { value } }) => read({ header: value === 'true' })}
            >
              <option value="true">{t.isHeader}</option>
              <option value="false">{t.isReply}</option>
            </select>
          </label>
        )}
      </div>
      {!file.encodingCertain && (
        <p class="notice warn">{file.otherEncoding ? t.rather(file.otherEncoding) : t.encodingGuessed}</p>
      )}
      {!file.columnsCertain && <p class="notice warn">{t.columnsGuessed}</p>}
      {file.notes
        .filter(({ code }) => code !== 'no-rows')
        .map((note) => (
          <p key={note.code} class="hint">
            {reasonText(note)}
          </p>
        ))}
      {file.columns.length > 0 && <FirstRows file={file} change={change} />}
    </section>
  );
}

interface EncodingProps {
  file?: Reading;
  chosen: string | undefined;
  choose: (encoding: string | undefined) => void;
}

/** Also there when nothing could be read, because another encoding may do. */
export function EncodingField({ file, chosen, choose }: EncodingProps) {
  const t = knowledgeTexts();
  return (
    <label class="field">
      <span>{t.encoding}</span>
      <select
        value={chosen ?? ''}
        onChange={({ currentTarget: { value } }) => choose(value === '' ? undefined : value)}
      >
        <option value="">{file ? t.found(encodingName(file.encoding)) : t.automatic}</option>
        {encodings.map((name) => (
          <option key={name} value={name}>
            {encodingName(name)}
          </option>
        ))}
      </select>
    </label>
  );
}

function encodingName(name: string): string {
  const t = knowledgeTexts();
  if (name === 'windows-1252') return t.windows1252;
  return name === 'GB18030' ? t.gb18030 : name;
}

function FirstRows({ file, change }: { file: Reading; change: PreviewProps['change'] }) {
  const t = knowledgeTexts();
  return (
    <div class="table-box" role="group" aria-label={t.firstRows} tabIndex={0}>
      <table class="first-rows">
        <caption>{t.firstRows}</caption>
        <thead>
          <tr>
            <th class="number" scope="col">
              {t.line}
            </th>
            {file.columns.map(({ number, name, field }) => (
              <th key={number} scope="col">
                <label class="field">
                  <span dir="auto">{name || t.columnNumber(number)}</span>
                  <select
                    value={field ?? ''}
                    aria-label={t.columnIs(name || t.columnNumber(number))}
                    onChange={({ currentTarget: { value } }) =>
                      change({ mapping: mappingWith(file.columns, number, value) })
                    }
                  >
                    <option value="">{t.notImported}</option>
                    {fields.map((each) => (
                      <option key={each} value={each}>
                        {fieldName(each)}
                      </option>
                    ))}
                  </select>
                </label>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {file.rows.map(({ line, cells }) => (
            <tr key={line}>
              <td class="number">{line}</td>
              {file.columns.map(({ number, field }) => (
                <td key={number} class={field ? undefined : 'unused'} dir="auto">
                  <div class="cell">{cells[number - 1] ?? ''}</div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
