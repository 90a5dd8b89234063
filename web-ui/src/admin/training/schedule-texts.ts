import { messages } from '../../shared/messages';

export const scheduleTexts = messages<'admin/training-schedule'>(
  import.meta.glob('../../messages/*/admin/training-schedule.json', { import: 'default' }),
);
