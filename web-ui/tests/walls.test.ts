import { ESLint, type Linter } from 'eslint';
import { join } from 'node:path';
import tseslint from 'typescript-eslint';
import { expect, it } from 'vitest';

// Without the rules that know types, for which all pages would be read.
const eslint = new ESLint({
  cwd: join(import.meta.dirname, '..'),
  overrideConfigFile: 'eslint.config.js',
  overrideConfig: tseslint.configs.disableTypeChecked as Linter.Config,
});

async function complaints(file: string, code: string): Promise<(string | null)[]> {
  const results = await eslint.lintText(code, { filePath: file });
  return results.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId));
}

it.each([
  ['src/widget/main.tsx', '../console/main'],
  ['src/console/main.tsx', '../widget/main'],
  ['src/admin/main.tsx', '../shop/main'],
  ['src/shop/main.tsx', '../admin/main'],
  ['src/shared/frames.ts', '../widget/main'],
  ['src/loader/loader.ts', '../shared/frames'],
  ['src/loader/loader.ts', 'preact'],
])('%s may not use %s', async (file, forbidden) => {
  expect(await complaints(file, `import '${forbidden}';\n`)).toContain('no-restricted-imports');
});

it('every room may use shared', async () => {
  for (const room of ['widget', 'console', 'admin', 'shop']) {
    expect(await complaints(`src/${room}/main.tsx`, `import '../shared/frames';\n`)).toEqual([]);
  }
});

it('markup is never made from text', async () => {
  expect(await complaints('src/widget/main.tsx', 'document.body.innerHTML = location.hash;\n')).toContain(
    'no-restricted-properties',
  );
  expect(
    await complaints(
      'src/widget/main.tsx',
      'export const Bad = () => <p dangerouslySetInnerHTML={{ __html: location.hash }} />;\n',
    ),
  ).toContain('no-restricted-syntax');
});
