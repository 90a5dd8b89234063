import { signal, useComputed, useSignalEffect } from '@preact/signals';
import { render } from 'preact';
import { startLanguage } from '../shared/language';
import { LanguageSwitch } from '../shared/switch';
import '../shared/theme.css';
import './shop.css';
import { hasDemo } from './demo';
import { shopTexts } from './texts';

const demo = signal(true);

function Shop() {
  const t = shopTexts();
  const name = useComputed(() => shopTexts().name);
  useSignalEffect(() => {
    document.title = name.value;
  });
  const bikes = [
    { name: t.fjord, text: t.fjordText, price: '€1,490', look: 'fjord' },
    { name: t.heron, text: t.heronText, price: '€1,190', look: 'heron' },
    { name: t.tern, text: t.ternText, price: '€890', look: 'tern' },
  ];
  return (
    <div class="shop">
      <header class="shop-header row spread">
        <strong class="shop-name">{t.name}</strong>
        <LanguageSwitch />
      </header>
      <main>
        <section class="hero">
          <h1>{t.slogan}</h1>
          <p>{t.intro}</p>
          {demo.value ? (
            <button type="button" class="button primary" onClick={() => window.replyloop?.open()}>
              {t.ask}
            </button>
          ) : (
            <p class="notice bad" role="alert">
              {t.noDemo}
            </p>
          )}
        </section>
        <h2>{t.bikes}</h2>
        <ul class="bikes">
          {bikes.map((bike) => (
            <li class="bike" key={bike.look}>
              <Bike look={bike.look} />
              <div class="row spread">
                <h3>{bike.name}</h3>
                <span>{bike.price}</span>
              </div>
              <p class="hint">{bike.text}</p>
            </li>
          ))}
        </ul>
        <ul class="promises row">
          {[t.delivery, t.returns, t.warranty].map((promise) => (
            <li key={promise}>{promise}</li>
          ))}
        </ul>
      </main>
      <footer class="hint">{t.notReal}</footer>
    </div>
  );
}

function Bike({ look }: { look: string }) {
  const small = look === 'tern';
  const radius = small ? 17 : 25;
  return (
    <svg class={`picture ${look}`} viewBox="0 0 200 120" aria-hidden="true">
      <g fill="none" stroke-linecap="round" stroke-linejoin="round">
        <g class="wheels" stroke-width="4">
          <circle cx="52" cy={105 - radius} r={radius} />
          <circle cx="148" cy={105 - radius} r={radius} />
        </g>
        <path
          class="frame"
          stroke-width="5"
          d={
            small
              ? 'M52 88 88 84 132 70 148 88M88 84 76 34M132 70 124 26M114 26h18M66 34h20'
              : 'M52 80 82 42 132 42 96 82 52 80M82 42 96 82M76 32h18M84 42l-3-10M148 80 130 28M118 28h16'
          }
        />
      </g>
    </svg>
  );
}

startLanguage();
void hasDemo().then((there) => (demo.value = there));
const app = document.getElementById('app');
if (app) render(<Shop />, app);
