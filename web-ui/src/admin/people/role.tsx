import { adminTexts } from '../texts';

export function RoleField({ role: given }: { role?: string }) {
  const t = adminTexts();
  return (
    <label class="field">
      <span>{t.role}</span>
      <select name="role">
        {(['agent', 'admin'] as const).map((role) => (
          <option key={role} value={role} selected={given === role}>
            {t[role]}
          </option>
        ))}
      </select>
    </label>
  );
}
