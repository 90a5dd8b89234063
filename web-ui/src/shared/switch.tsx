import {
  chooseLanguage,
  language,
  languageName,
  languages,
  languageTag,
  formats,
  notLoaded,
  type Language,
} from './language';

/** Shows the names of languages in themselves, as people who look for theirs expect. */
export function LanguageSwitch({ choose = chooseLanguage }: { choose?: (chosen: Language) => void }) {
  const others = languages().filter((tag) => tag !== language.value);
  const [other] = others;
  if (other === undefined) return null;
  return (
    <>
      {others.length === 1 ? <OneOther {...{ other, choose }} /> : <Choice choose={choose} />}
      <NotLoaded />
    </>
  );
}

interface ChoiceProps {
  choose: (chosen: Language) => void;
}

function OneOther({ other, choose }: ChoiceProps & { other: Language }) {
  return (
    <button type="button" class="button quiet small" lang={languageTag(other)} onClick={() => choose(other)}>
      {languageName(other)}
    </button>
  );
}

function Choice({ choose }: ChoiceProps) {
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

/** In the language of the page, because that of the choice has not come. */
function NotLoaded() {
  const wanted = notLoaded.value;
  return wanted ? (
    <span class="language-notice notice bad" role="alert">
      {formats().notLoaded({ language: languageName(wanted) })}
    </span>
  ) : null;
}
