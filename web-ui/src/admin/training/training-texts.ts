import { messages } from '../../shared/messages';

export const trainingTexts = messages<'admin/training'>(
  import.meta.glob('../../messages/*/admin/training.json', { import: 'default' }),
);
