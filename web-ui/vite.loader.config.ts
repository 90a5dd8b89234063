import { defineConfig } from 'vite';

// The loader runs on other people's pages: one plain script that leaves nothing in the global scope.
export default defineConfig({
  root: 'src',
  publicDir: false,
  build: {
    outDir: '../dist',
    emptyOutDir: false,
    target: 'es2020',
    lib: {
      entry: 'loader/loader.ts',
      formats: ['iife'],
      name: 'replyloopLoader',
      fileName: () => 'loader.js',
    },
  },
});
