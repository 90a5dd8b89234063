import { messages } from '../../shared/messages';

export const webhookTexts = messages<'admin/webhooks'>(
  import.meta.glob('../../messages/*/admin/webhooks.json', { import: 'default' }),
);

export const webhookLogTexts = messages<'admin/webhook-log'>(
  import.meta.glob('../../messages/*/admin/webhook-log.json', { import: 'default' }),
);
