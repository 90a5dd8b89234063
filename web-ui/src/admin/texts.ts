import { messages } from '../shared/messages';

export const adminTexts = messages<'admin/admin'>(
  import.meta.glob('../messages/*/admin/admin.json', { import: 'default' }),
);

/** What forms about people call their fields. */
export function personLabels() {
  const { email, name, role, password } = adminTexts();
  return { email, name, role, password };
}
