import { contrast, textOn } from '../../shared/contrast';
import { welcomeTexts } from './welcome-texts';

/** The chat's grounds in both themes, as in its own colours. */
const light = '#ffffff';
const dark = '#181c23';
const distinct = 3;

/** What becomes of a colour in the chat, and why. */
export function ColourCheck({ colour }: { colour: string }) {
  const t = welcomeTexts();
  const text = textOn(colour);
  const ratio = (other: string) => contrast(colour, other).toFixed(1);
  return (
    <span class="hint" role="status">
      <span class="tag" style={{ background: colour, color: text }} aria-hidden="true">
        {t.sample}
      </span>{' '}
      {(text === '#000000' ? t.textBlack : t.textWhite)({ ratio: ratio(text) })}{' '}
      {contrast(colour, light) < distinct && t.paleInLight({ ratio: ratio(light) })}
      {contrast(colour, dark) < distinct && t.paleInDark({ ratio: ratio(dark) })}
    </span>
  );
}
