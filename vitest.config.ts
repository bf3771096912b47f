import { defineConfig } from 'vitest/config'

/** Where .ci/run wants the outcome of every test, as JSON. */
const report = process.env['WEIR_TEST_REPORT']

/** `npm run test:engines` runs all that there is of the engines' tests, which takes long. */
const isWhole = process.env['WEIR_ENGINES'] === 'all'

export default defineConfig({
  test: {
    globalSetup: 'test/built.js',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'weir', include: ['src/**/*.test.ts', 'test/**/*.test.ts'], exclude: ['test/engines/**'] } },
      // Files that ask one Trino, which is started for them alone.
      {
        extends: true,
        test: {
          name: 'engines',
          include: ['test/engines/**/*.test.ts'],
          exclude: isWhole ? [] : ['**/*.long.test.ts'],
          globalSetup: 'test/engines/setup.ts',
        },
      },
    ],
    ...(report ? { reporters: ['default', 'json'], outputFile: { json: report } } : {}),
  },
})
