import { messages } from './messages';

/** As in io.replyloop.identity.Passwords. */
export const shortestPassword = 10;

const passwordTexts = messages<'team/password'>(
  import.meta.glob('../messages/*/team/password.json', { import: 'default' }),
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
      <span class="hint">{passwordTexts().rule({ number: shortestPassword })}</span>
      {hint && <span class="hint">{hint}</span>}
    </label>
  );
}
