import { layoutOfFields } from '../../format/index.js'
import { recordsOf } from '../rule-tests/flow-table.js'
import { inPart, wrongIn, type CheckedRule } from './wrong.js'

/** Checks that the tests of a rule can be run: their tables, their fields, and the parameters that they set. */
export function checkTests(checked: CheckedRule): void {
  const { tests, parameters } = checked.rule
  for (const [i, test] of tests.entries()) {
    inPart(checked, { path: ['tests', i, 'fields'] }, () => layoutOfFields(test.fields ?? ''))
    inPart(checked, { path: ['tests', i, 'flows'] }, () => recordsOf(test.flows, `test "${test.name}"`))
    for (const [name, value] of Object.entries(test.parameters)) {
      const spot = { path: ['tests', i, 'parameters', name], isKey: true }
      const parameter = parameters[name]
      if (!parameter)
        throw wrongIn(checked, spot, 'the rule has no such parameter', { expected: Object.keys(parameters).join(', ') })
      const type = typeof parameter.default
      if (typeof value !== type) throw wrongIn(checked, spot, `${String(value)} is no ${type}`, { expected: `a ${type}` })
    }
  }
}
