import { defineConfig } from 'vite';
import { pagesConfig } from './vite.pages';

/** Messages of parts that are loaded after the first sight. */
const later = new Set(['shared/problems', 'shared/transcript', 'thread/connection', 'thread/attachment']);

const { build, ...widget } = pagesConfig(['widget/'], (file) => later.has(file));

export default defineConfig({
  ...widget,
  publicDir: false,
  build: {
    ...build,
    emptyOutDir: false,
    // What a part loads is few and small.
    modulePreload: false,
    rolldownOptions: {
      ...build?.rolldownOptions,
      // They only make readers of frames; those of the team's frames are not needed here.
      treeshake: {
        manualPureFunctions: ['tagged', 'record', 'optional', 'list', 'oneOf'],
        propertyReadSideEffects: false,
      },
    },
  },
});
