import { provideMessages } from '../src/shared/messages';

// Tests look at pages in any language without waiting for its messages.
provideMessages(import.meta.glob('../src/messages/*/*/**/*.json', { eager: true, import: 'default' }));
