import { defineConfig } from 'vitest/config';
import { emojiData } from './emoji.js';
import { messageFiles } from './messages.js';

export default defineConfig({
  plugins: [messageFiles(), emojiData()],
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    environment: './tests/environment.ts',
    setupFiles: ['tests/its-own-page.ts'],
    isolate: false,
    testTimeout: 30_000,
  },
});
