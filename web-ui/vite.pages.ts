// What the builds of the pages have in common. Customers load the widget on the pages of others, and never the pages of
// the team, so it has a build of its own: what it shares with them in the sources is in it only as far as it is used.
import { fileURLToPath } from 'node:url';
import type { UserConfig } from 'vite';
import { emojiData } from './emoji.js';
import { messageFiles } from './messages.js';

/**
 * @param pages folders in src
 * @param isLater which of their messages are needed after the first sight only
 */
export function pagesConfig(
  pages: string[],
  isLater: (file: string) => boolean = () => false,
): UserConfig & { plugins: NonNullable<UserConfig['plugins']> } {
  return {
    root: 'src',
    // Several pages: an unknown address is none of them, and goes on to the server behind.
    appType: 'mpa',
    plugins: [messageFiles(), emojiData()],
    build: {
      outDir: '../dist',
      target: 'es2022',
      // A strict Content-Security-Policy forbids inline scripts and data: addresses.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: pages.map((page) => fileURLToPath(new URL(`src/${page}index.html`, import.meta.url))),
        output: {
          codeSplitting: {
            groups: [
              // What messages with plurals need, in any language.
              { test: /@messageformat|make-plural/, name: 'plurals', priority: 2 },
              // One file for the messages of a page in a language.
              {
                test: /^\0messages:/,
                name: (id: string) =>
                  id.replace(
                    /^\0messages:([\w-]+)\/([\w-]+)\/(.*)/,
                    (_, language: string, page: string, name: string) =>
                      isLater(`${page}/${name}`) ? `${language}-later` : `${language}-${page}`,
                  ),
                priority: 1,
              },
            ],
          },
        },
      },
    },
  };
}
