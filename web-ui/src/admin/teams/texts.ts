import { messages } from '../../shared/messages';

export const teamTexts = messages<'admin/teams'>(
  import.meta.glob('../../messages/*/admin/teams.json', { import: 'default' }),
);
