import { configDefaults, defineConfig } from 'vitest/config'
import { LongestFirst } from './test/longest-first.js'

/** Where .ci/run wants the outcome of every test, as JSON. */
const report = process.env['WEIR_TEST_REPORT']

/** `npm run test:engines` runs all that there is of the engines' tests, which takes long. */
const isWhole = process.env['WEIR_ENGINES'] === 'all'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(isWhole ? [] : ['**/*.long.test.ts'])],
    globalSetup: ['test/built.js', 'test/engines/setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    ...(report ? { reporters: ['default', 'json'], outputFile: { json: report } } : {}),
  },
})
