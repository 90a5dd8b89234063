import { messages } from '../shared/messages';

export const widgetTexts = messages<'widget/widget'>(
  import.meta.glob('../messages/*/widget/widget.json', { import: 'default' }),
);
