import { defineConfig } from 'vitest/config';
import { emojiData } from './emoji.js';
import { messageFiles } from './messages.js';

export default defineConfig({
  plugins: [messageFiles(), emojiData()],
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    setupFiles: ['tests/with-messages.ts'],
    environment: 'happy-dom',
    testTimeout: 30_000,
  },
});
