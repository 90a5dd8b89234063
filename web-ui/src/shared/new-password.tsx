import { texts } from './language';

/** As io.replyloop.identity.Passwords has it. */
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
  /** What is to be known besides the rule. */
  hint?: string;
  required: boolean;
}

/** Where a password is set, with the rule beside it. */
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
