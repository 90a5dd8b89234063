import { LeaveButton } from '../shared/dialog';
import { adminTexts } from './texts';

export function DialogButtons({ busy }: { busy: boolean }) {
  const t = adminTexts();
  return (
    <div class="row">
      <button type="submit" class="button primary" disabled={busy}>
        {t.save}
      </button>
      <LeaveButton>{t.cancel}</LeaveButton>
    </div>
  );
}
