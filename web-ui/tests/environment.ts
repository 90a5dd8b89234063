import type { Environment } from 'vitest/runtime';

/** Modules are resolved as for a browser. The page itself is made anew for each file, by its-own-page.ts. */
export default {
  name: 'page',
  viteEnvironment: 'client',
  setup: () => ({ teardown: () => undefined }),
} satisfies Environment;
