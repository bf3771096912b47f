import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Those that take minutes, the longest first: one of them begun last would keep one core waiting for the other. */
const LONGEST = [
  'manual.test',
  'run-rule-tests.test',
  'findings.test',
  'relations.test',
  'rules.test',
  'kill.test',
  'answers.test',
]

/** Otherwise in vitest's own order. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ moduleId }: TestSpecification) => {
      const place = LONGEST.findIndex(name => moduleId.includes(`/${name}`))
      return place < 0 ? LONGEST.length : place
    }
    return (await super.sort(files)).sort((a, b) => placeOf(a) - placeOf(b))
  }
}
