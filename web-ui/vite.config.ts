import { fileURLToPath } from 'node:url';
import { build, defineConfig, type Plugin } from 'vite';
import { messageFiles } from './messages.js';

/** In development the loader is built for each request, so that it is the same plain script as in production. */
function loaderInDevelopment(): Plugin {
  return {
    name: 'loader-in-development',
    configureServer(server) {
      server.middlewares.use('/loader.js', (_request, response, next) => {
        build({ configFile: 'vite.loader.config.ts', logLevel: 'warn', build: { write: false } })
          .then((result) => {
            const output = [result].flat()[0];
            if (!output || !('output' in output)) throw new Error('the loader was not built');
            response.setHeader('Content-Type', 'text/javascript');
            response.end(output.output[0].code);
          })
          .catch(next);
      });
    },
  };
}

type Info = (id: string) => { importers: string[] } | null;

/** Whether the widget and another page load a module at once. */
function isOfWidget(id: string, info: Info): boolean {
  const seen = new Set<string>();
  const visit = (module: string) => {
    if (seen.has(module)) return;
    seen.add(module);
    info(module)?.importers.forEach(visit);
  };
  visit(id);
  const entries = [...seen].filter((module) => module.endsWith('/index.html'));
  return entries.length > 1 && entries.some((entry) => entry.endsWith('/widget/index.html'));
}

export default defineConfig({
  root: 'src',
  // Several pages: an unknown address is none of them, and goes on to the server behind.
  appType: 'mpa',
  plugins: [messageFiles(), loaderInDevelopment()],
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2022',
    // A strict Content-Security-Policy forbids inline scripts and data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: ['', 'shop/', 'widget/', 'console/', 'admin/', 'setup/', 'join/'].map((page) =>
        fileURLToPath(new URL(`src/${page}index.html`, import.meta.url)),
      ),
      output: {
        codeSplitting: {
          groups: [
            // What messages with plurals need, in any language.
            { test: /@messageformat|make-plural/, name: 'plurals', priority: 2 },
            // One file for the messages of a page in a language.
            {
              test: /^\0messages:/,
              name: (id) => id.replace(/^\0messages:([\w-]+)\/([\w-]+).*/, '$1-$2'),
              priority: 1,
            },
            // What the widget shares with the console is one file, because many small ones compress less well.
            {
              name: (id, context) =>
                isOfWidget(id, (module) => context.getModuleInfo(module)) ? 'chat' : null,
            },
          ],
        },
      },
    },
  },
});
