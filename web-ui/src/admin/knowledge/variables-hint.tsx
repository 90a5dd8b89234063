import { withCommas } from '../../shared/language';
import { messages } from '../../shared/messages';
import { unknownVariables, variables } from '../../shared/variables';

const hintTexts = messages<'admin/knowledge-variables'>(
  import.meta.glob('../../messages/*/admin/knowledge-variables.json', { import: 'default' }),
);

/** Below the text of a reply: which variables it may have, and which of its own nobody will ever fill in. */
export function VariablesHint({ text }: { text: string }) {
  const t = hintTexts();
  const unknown = unknownVariables(text);
  const names = variables.map((name) => `{{${name}|${t.fallback}}}`);
  return (
    <>
      <span class="hint">{t.hint({ names: withCommas(names) })}</span>
      <span class="hint" aria-live="polite">
        {unknown.length > 0 && t.unknown({ count: unknown.length, variables: withCommas(unknown) })}
      </span>
    </>
  );
}
