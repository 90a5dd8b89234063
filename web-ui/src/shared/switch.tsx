import {
  chooseLanguage,
  language,
  languageName,
  languages,
  languageTag,
  formats,
  type Language,
} from './language';

/** Shows the names of languages in themselves, as people who look for theirs expect. */
export function LanguageSwitch({ choose = chooseLanguage }: { choose?: (chosen: Language) => void }) {
  const others = languages().filter((tag) => tag !== language.value);
  const [other] = others;
  if (other === undefined) return null;
  if (others.length === 1)
    return (
      <button
        type="button"
        class="button quiet small"
        lang={languageTag(other)}
        onClick={() => choose(other)}
      >
        {languageName(other)}
      </button>
    );
  return (
    <select
      class="language-switch"
      aria-label={formats().language}
      value={language.value}
      onChange={({ currentTarget }) => choose(currentTarget.value)}
    >
      {languages().map((tag) => (
        <option key={tag} value={tag} lang={languageTag(tag)}>
          {languageName(tag)}
        </option>
      ))}
    </select>
  );
}
