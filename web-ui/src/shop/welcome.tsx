import { render } from 'preact';
import { startLanguage } from '../shared/language';
import { LanguageSwitch } from '../shared/switch';
import '../shared/theme.css';
import './shop.css';
import { shopTexts } from './texts';

function Welcome() {
  const t = shopTexts();
  const doors = [
    ['/shop/', t.shop, t.shopText],
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

startLanguage();
const app = document.getElementById('app');
if (app) render(<Welcome />, app);
