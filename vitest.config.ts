import { defineConfig } from 'vitest/config'

const long = process.env.ZHANGYI_TEST_LONG === '1'

export default defineConfig({
  test: {
    include: [
      'packages/**/*.test.ts',
      'apps/**/*.test.ts',
      'tests/**/*.test.ts',
      'bench/**/*.test.ts',
      'scripts/**/*.test.ts',
      ...(long ? ['**/*.long.ts'] : []),
    ],
    exclude: ['**/node_modules/**', '**/dist/**'],
    globalSetup: ['tests/setup/test-database-server.ts'],
    // Generous ceilings: tests wait for a state, never for a time.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // One more than the two cores that this must do with: a browser test waits half of its time.
    maxWorkers: 3,
    reporters: ['default'],
  },
})
