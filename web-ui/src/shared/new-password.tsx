import { texts } from './language';

/** As in io.replyloop.identity.Passwords. */
export const shortestPassword = 10;

const passwordTexts = texts(
  {
    rule: `At least ${String(shortestPassword)} characters, a sentence for instance.`,
  },
  {
    rule: `至少 ${String(shortestPassword)} 个字符，例如一句话。`,
  },
);

interface NewPasswordProps {
  label: string;
  /** Additional information beside the rule. */
  hint?: string;
  required: boolean;
}

/** A field for a new password, with the rule beside it. */
export function NewPasswordField({ label, hint, required }: NewPasswordProps) {
  return (
    <label class="field">
      <span>{label}</span>
      <input
        type="password"
        name="password"
        autocomplete="new-password"
        required={required}
        minLength={shortestPassword}
      />
      <span class="hint">{passwordTexts().rule}</span>
      {hint && <span class="hint">{hint}</span>}
    </label>
  );
}
