import comments from '@eslint-community/eslint-plugin-eslint-comments/configs'
import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'

const product = ['graph', 'collectors', 'analyzer', 'policies', 'broker', 'ui', 'app']
const inKernels = (parts) => parts.map((part) => `graph/${part}/**/*.ts`)
const inRooms = (rooms) => rooms.map((room) => `${room}/**/*.{ts,tsx}`)

const noPlainError = {
  selector: "ThrowStatement > NewExpression[callee.name='Error']",
  message: 'Throw a typed error with a code of docs/errors.md, so that a caller can tell it from a bug.',
}
const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name: a thing has one name everywhere.',
}
/** graph, collectors and analyzer are functions of their input: time, chance and environment are passed in. */
const noAmbientInput = [
  ['Date', 'now'],
  ['Math', 'random'],
  ['process', 'env'],
].map(([object, property]) => ({
  object,
  property,
  message: 'Take it as a parameter; app/ decides where it comes from.',
}))

export default defineConfig(
  { ignores: ['dist/', '**/dist/', 'coverage/', '.gomeisa/', '.bench/', 'test-results/'] },
  comments.recommended,
  {
    rules: {
      '@eslint-community/eslint-comments/require-description': ['error', { ignore: ['eslint-enable'] }],
      '@eslint-community/eslint-comments/no-unused-disable': 'error',
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/ban-ts-comment': ['error', { minimumDescriptionLength: 10 }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: true },
      ],
      eqeqeq: 'error',
      'no-restricted-syntax': ['error', noDefaultExport],
    },
  },
  {
    files: inRooms(product),
    rules: {
      'no-console': 'error',
      'no-restricted-syntax': ['error', noDefaultExport, noPlainError],
    },
  },
  { files: ['app/cli/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    files: inRooms(['graph', 'collectors', 'analyzer']),
    rules: {
      'no-restricted-properties': ['error', ...noAmbientInput],
      'no-restricted-syntax': [
        'error',
        noDefaultExport,
        noPlainError,
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Take the time as a parameter; app/ decides where it comes from.',
        },
      ],
    },
  },
  {
    // Kernels over typed arrays: an index that the loop has just bounded cannot be undefined.
    files: inKernels(['permissions', 'compiled', 'store', 'query']),
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  { files: ['test/**/*.ts'], ignores: ['test/bench/**'], rules: { 'no-console': 'error' } },
  {
    files: ['vitest.config.ts', 'ui/vite.config.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
)
