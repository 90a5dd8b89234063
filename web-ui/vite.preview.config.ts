import { defineConfig } from 'vite';
import { pagesConfig } from './vite.pages';

// By itself: what it shares with the widget in the sources must not be shared in a file with the pages of the team, whose
// styles would then come in another order.
const { build, ...preview } = pagesConfig(['preview/']);

export default defineConfig({
  ...preview,
  publicDir: false,
  build: { ...build, emptyOutDir: false },
});
