import { build, defineConfig, type Plugin } from 'vite';
import { pagesConfig } from './vite.pages';

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

// In development, this serves the widget, too.
const {
  plugins,
  build: built,
  ...pages
} = pagesConfig(['', 'shop/', 'console/', 'admin/', 'setup/', 'join/', 'demo/', 'test-page/']);

export default defineConfig({
  ...pages,
  plugins: [...plugins, loaderInDevelopment()],
  build: { ...built, emptyOutDir: true },
});
