import { signal } from '@preact/signals';
import { render } from 'preact';
import { whenReadable } from '../shared/browser';
import { startLanguage } from '../shared/language';
import { LanguageSwitch } from '../shared/switch';
import '../shared/theme.css';
import '../shared/typeface.css';
import './shop.css';
import { hasDemo, isDemo } from './demo';
import { shopTexts } from './texts';

const demo = signal(false);
const together = signal(false);

function Welcome() {
  const t = shopTexts();
  const doors = [
    ...(together.value ? [['/demo/', t.together, t.togetherText] as const] : []),
    ...(demo.value ? [['/shop/', t.shop, t.shopText] as const] : []),
    ['/console/', t.console, t.consoleText],
    ['/admin/', t.admin, t.adminText],
  ] as const;
  return (
    <div class="welcome">
      <header class="row spread">
        <img src="/favicon.svg" alt="" width="40" height="40" />
        <LanguageSwitch />
      </header>
      <main class="stack">
        <h1>{t.welcomeTitle}</h1>
        <p class="hint">{t.welcomeText}</p>
        <ul class="doors">
          {doors.map(([address, name, text]) => (
            <li key={address}>
              <a class="card door" href={address}>
                <strong>{name}</strong>
                <span>{text}</span>
              </a>
            </li>
          ))}
        </ul>
      </main>
    </div>
  );
}

void hasDemo().then(async (there) => {
  demo.value = there;
  together.value = there && (await isDemo());
});
whenReadable(startLanguage(), (app) => render(<Welcome />, app));
