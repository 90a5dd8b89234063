import { signal, useComputed, useSignalEffect } from '@preact/signals';
import { render } from 'preact';
import { whenReadable } from '../shared/browser';
import { startLanguage } from '../shared/language';
import { LanguageSwitch } from '../shared/switch';
import '../shared/theme.css';
import '../shared/typeface.css';
import './shop.css';
import { hasDemo } from './demo';
import { shopTexts } from './texts';

const demo = signal(true);

type Look = 'jacket' | 'jumper' | 'shoe';

const DRAWINGS: Record<Look, { whole: string; seams: string }> = {
  jacket: {
    whole: 'M84 24Q100 6 116 24L142 34 154 88 138 92 130 62V110H70V62L62 92 46 88 58 34Z',
    seams: 'M84 24Q100 40 116 24M100 33V110M80 84h10M110 84h10',
  },
  jumper: {
    whole: 'M86 18Q100 28 114 18L140 28 158 90 142 95 130 60V104H70V60L58 95 42 90 60 28Z',
    seams: 'M70 97h60M86 18Q100 36 114 18M72 48h56M72 56h56M45 84l15 5M155 84l-15 5',
  },
  shoe: {
    whole: 'M44 34H84Q90 56 116 64L148 72Q162 77 162 98H44Q38 66 44 34Z',
    seams: 'M40 88H161M84 48 98 41M90 57 105 50M99 64 115 57M44 42H83',
  },
};

function Shop() {
  const t = shopTexts();
  const name = useComputed(() => shopTexts().name);
  useSignalEffect(() => {
    document.title = name.value;
  });
  const goods: { name: string; text: string; price: string; look: Look }[] = [
    { name: t.fjord, text: t.fjordText, price: '€189', look: 'jacket' },
    { name: t.heron, text: t.heronText, price: '€98', look: 'jumper' },
    { name: t.tern, text: t.ternText, price: '€129', look: 'shoe' },
  ];
  return (
    <div class="shop">
      <header class="shop-header row spread">
        <strong class="shop-name">{t.name}</strong>
        <LanguageSwitch />
      </header>
      <main aria-label={t.name}>
        <section class="hero">
          <h1>{t.slogan}</h1>
          <p>{t.intro}</p>
          {demo.value ? (
            <button
              type="button"
              class="button primary"
              onClick={() => (window.replyloop ??= []).push(['open'])}
            >
              {t.ask}
            </button>
          ) : (
            <p class="notice bad" role="alert">
              {t.noDemo}
            </p>
          )}
        </section>
        <h2>{t.season}</h2>
        <ul class="goods">
          {goods.map((good) => (
            <li key={good.look}>
              <Picture look={good.look} />
              <div class="row spread">
                <h3>{good.name}</h3>
                <span>{good.price}</span>
              </div>
              <p class="hint">{good.text}</p>
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

function Picture({ look }: { look: Look }) {
  const { whole, seams } = DRAWINGS[look];
  return (
    <svg class={`picture ${look}`} viewBox="0 0 200 120" aria-hidden="true">
      <g stroke-linecap="round" stroke-linejoin="round">
        <path class="whole" d={whole} />
        <path class="seams" d={seams} />
      </g>
    </svg>
  );
}

void hasDemo().then((there) => (demo.value = there));
whenReadable(startLanguage(), (app) => render(<Shop />, app));
