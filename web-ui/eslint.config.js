import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const rooms = ['loader', 'widget', 'console', 'admin', 'shop', 'join'];

/** Each room of the pages stands alone; what two of them need lives in shared, which needs none of them. */
function walls(room) {
  const others = rooms.filter((other) => other !== room);
  return {
    files: [`src/${room}/**`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: others.map((other) => `**/${other}/**`),
              message: `${room} uses shared only. Move what both need to src/shared.`,
            },
            ...(room === 'loader'
              ? [
                  {
                    regex: '^(?!\\./)',
                    message: 'The loader has no dependencies: it runs on the host page.',
                  },
                ]
              : []),
          ],
        },
      ],
    },
  };
}

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'src/shared/rest.ts', 'src/shared/message-types.ts'] },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      'no-restricted-properties': [
        'error',
        { property: 'innerHTML', message: 'Text of strangers stays text: use elements and textContent.' },
        { property: 'outerHTML', message: 'Text of strangers stays text: use elements and textContent.' },
        {
          object: 'crypto',
          property: 'randomUUID',
          message: 'Missing on pages over plain http: use newId of shared/ids.',
        },
        { property: 'insertAdjacentHTML', message: 'Text of strangers stays text: use elements.' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
          message: 'Text of strangers stays text: use elements.',
        },
      ],
      'no-console': 'error',
    },
  },
  {
    files: ['*.js', 'tests/*.mjs'],
    languageOptions: {
      globals: { URL: 'readonly', process: 'readonly', console: 'readonly', fetch: 'readonly' },
    },
  },
  ...[...rooms, 'shared', 'thread'].map(walls),
);
