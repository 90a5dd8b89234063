import { messages } from '../shared/messages';

export const availabilityTexts = messages<'console/availability'>(
  import.meta.glob('../messages/*/console/availability.json', { import: 'default' }),
);
