import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

// Microsoft's own list of built-in roles is not part of the project: its suite runs where somebody has fetched it.
const roles = process.env['GOMEISA_AZURE_ROLES']
if (roles === undefined) {
  console.log(
    'left out: all built-in roles of Azure (az role definition list -o json > roles.json, then GOMEISA_AZURE_ROLES=roles.json)',
  )
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [
      '**/node_modules/**',
      ...(roles === undefined ? ['test/unit/azure/built-in-roles.test.ts'] : []),
    ],
    globalSetup: ['test/built-ui.ts'],
    environment: 'node',
    pool: 'forks',
    // Vitest leaves one core to itself, which on two cores means one file after the other, while most of the slow files wait
    // for other processes.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 30_000,
    hookTimeout: 30_000,
    reporters: process.env['CI']
      ? ['default', ['json', { outputFile: 'test-results/vitest.json' }]]
      : ['default'],
  },
})
