import { messages } from '../../shared/messages';

export const queueTexts = messages<'admin/dataset-queue'>(
  import.meta.glob('../../messages/*/admin/dataset-queue.json', { import: 'default' }),
);
