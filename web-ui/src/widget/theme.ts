/** A page that is only light, or only dark, may ask for that; the chat follows the system otherwise. */
export function showTheme(theme: string | null): void {
  if (theme !== 'light' && theme !== 'dark') return;
  document.documentElement.style.colorScheme = theme;
  const media = [...document.styleSheets]
    .flatMap(({ cssRules }) => [...cssRules])
    .filter((rule) => rule instanceof CSSMediaRule)
    .map((rule) => rule.media)
    .filter(({ mediaText }) => mediaText.includes('prefers-color-scheme: dark'));
  for (const each of media) each.mediaText = theme === 'dark' ? 'all' : 'not all';
}
