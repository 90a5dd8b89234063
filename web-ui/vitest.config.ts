import { defineConfig } from 'vitest/config';
import { messageFiles } from './messages.js';

export default defineConfig({
  plugins: [messageFiles()],
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    setupFiles: ['tests/with-messages.ts'],
    environment: 'happy-dom',
    testTimeout: 30_000,
  },
});
