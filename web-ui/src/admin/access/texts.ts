import { messages } from '../../shared/messages';

export const accessTexts = messages<'admin/sign-in'>(
  import.meta.glob('../../messages/*/admin/sign-in.json', { import: 'default' }),
);
