import { chooseLanguage, language, languageNames, type Language } from './language';

/** Shows the name of the other language in that language, as people who look for it expect. */
export function LanguageSwitch({ choose = chooseLanguage }: { choose?: (chosen: Language) => void }) {
  const other: Language = language.value === 'en' ? 'zh' : 'en';
  return (
    <button
      type="button"
      class="button quiet small"
      lang={other === 'zh' ? 'zh-CN' : 'en'}
      onClick={() => choose(other)}
    >
      {languageNames[other]}
    </button>
  );
}
