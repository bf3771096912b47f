import { Fault } from '../../fault/index.js'
import type { Placed, Spot } from '../document.js'
import { ruleKind, type Rule } from '../rule.js'

/** A rule of the right form, and where its parts stand. */
export interface CheckedRule {
  readonly rule: Rule
  readonly placeOf: Placed<Rule>['placeOf']
}

interface Detail {
  readonly expected?: string | undefined
  readonly action?: string | undefined
  readonly cause?: unknown
}

/** The error of a part of a rule. */
export function wrongIn({ placeOf }: CheckedRule, spot: Spot, message: string, { expected, action, cause }: Detail = {}): Fault {
  return new Fault({
    code: ruleKind.code,
    kind: 'usage',
    message: `${spot.path.join('.')}: ${message}`,
    where: placeOf(spot),
    expected: expected ?? `a ${ruleKind.noun} as ${ruleKind.manual} describes it`,
    ...(action === undefined ? {} : { action }),
    cause,
  })
}

/** Does something with a part of a rule, and says of an error where in the rule's file it belongs; `above` lines stand before the part's own text. */
export function inPart<Value>(
  checked: CheckedRule,
  { above = 0, ...spot }: Spot & { readonly above?: number },
  work: () => Value,
): Value {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const [, line, column] = /^line (\d+), column (\d+)$/.exec(error.where ?? '') ?? []
    const at = line === undefined ? undefined : { line: Number(line) - above, column: Number(column) }
    throw wrongIn(checked, { ...spot, at }, error.message, { expected: error.expected, action: error.action, cause: error })
  }
}
