import { useSignal } from '@preact/signals';
import { Dialog } from '../shared/dialog';
import { Icon } from '../shared/team-icons';
import { alertTexts } from './alert-texts';
import { deniedText, desktop, occasions, playSound, sounds, switchDesktop, switchSound } from './alerts';

/** Opens what an agent hears and sees of messages elsewhere. */
export function AlertsButton() {
  const t = alertTexts();
  const open = useSignal(false);
  return (
    <>
      <button
        type="button"
        class="button quiet small icon"
        aria-haspopup="dialog"
        aria-label={t.title}
        onClick={() => (open.value = true)}
      >
        <Icon name="bell" />
      </button>
      {open.value && <AlertsDialog closed={() => (open.value = false)} />}
    </>
  );
}

function AlertsDialog({ closed }: { closed: () => void }) {
  const t = alertTexts();
  const refused = deniedText(desktop.value);
  return (
    <Dialog label={t.title} closed={closed}>
      <div class="stack">
        <h2>{t.title}</h2>
        <p class="hint">{t.intro}</p>
        {occasions.map((occasion) => (
          <label key={occasion}>
            <input
              type="checkbox"
              checked={sounds[occasion].value}
              onChange={({ currentTarget: { checked } }) => switchSound(occasion, checked)}
            />{' '}
            {t[occasion]}
          </label>
        ))}
        <label>
          <input
            type="checkbox"
            checked={desktop.value === 'on'}
            disabled={refused !== undefined}
            onChange={({ currentTarget: { checked } }) => void switchDesktop(checked)}
          />{' '}
          {t.desktop}
        </label>
        <p class="hint" role="status">
          {refused}
        </p>
        <div class="row">
          <button type="button" class="button" onClick={playSound}>
            {t.hear}
          </button>
          <button type="button" class="button primary" onClick={closed}>
            {t.close}
          </button>
        </div>
      </div>
    </Dialog>
  );
}
