import { defineConfig } from 'vitest/config'

const long = process.env.ZHANGYI_TEST_LONG === '1'

/** Each file with modules of its own: these stand in for modules, or for the globals of a mini program. */
const APART = [
  'apps/patient/**',
  'apps/server/src/platform/operators/door.test.ts',
  'tests/browser/console.test.ts',
  'tests/mini-program/**',
]
const NEVER = ['**/node_modules/**', '**/dist/**']

export default defineConfig({
  test: {
    globalSetup: ['tests/setup/test-database-server.ts'],
    // Generous ceilings: tests wait for a state, never for a time.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // More than the two cores that this must do with: a browser test waits half of its time, a simulation never.
    maxWorkers: long ? 3 : 4,
    reporters: ['default'],
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          // Loading two thousand modules anew for every file would be a third of the time.
          isolate: false,
          include: [
            ...['packages/**/*.test.ts', 'apps/**/*.test.ts', 'tests/**/*.test.ts'],
            ...['bench/**/*.test.ts', 'scripts/**/*.test.ts', ...(long ? ['**/*.long.ts'] : [])],
          ],
          exclude: [...NEVER, ...APART],
        },
      },
      {
        extends: true,
        test: {
          name: 'apart',
          include: APART.map((path) => (path.endsWith('**') ? `${path}/*.test.ts` : path)).concat(
            long ? APART.filter((path) => path.endsWith('**')).map((path) => `${path}/*.long.ts`) : [],
          ),
          exclude: NEVER,
        },
      },
    ],
  },
})
