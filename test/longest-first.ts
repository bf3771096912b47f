import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Those that take minutes, the longest first: one of them begun last would keep one core waiting for the other. */
const LONGEST = [
  'test/house/manual',
  'src/detect/rule-tests/run-rule-tests',
  'test/engines/findings',
  'src/engine/relations/relations',
  'test/cli/rules',
  'test/lake/kill',
  'test/engines/answers',
]

/** Otherwise in vitest's own order. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ moduleId }: TestSpecification) => {
      const place = LONGEST.findIndex(name => moduleId.endsWith(`/${name}.test.ts`))
      return place < 0 ? LONGEST.length : place
    }
    return (await super.sort(files)).sort((a, b) => placeOf(a) - placeOf(b))
  }
}
