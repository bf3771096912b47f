/** Where an error belongs in the exit codes of the command line (docs/commands.md). */
export type FaultKind = 'usage' | 'source' | 'engine'

/** What a person is told: what happened, where, what was expected and what to do next. */
export interface FaultDetail {
  /** Stable and grep-able, in kebab case: `sql-function`, `source-missing`. */
  readonly code: string
  readonly kind: FaultKind
  /** One sentence: what happened. */
  readonly message: string
  /** File, line, rule, column: whatever names the place. */
  readonly where?: string
  readonly expected?: string
  /** The next step, as something to type or to change. */
  readonly action?: string
  readonly cause?: unknown
}

/** Every error that Weir raises on purpose. Kind `usage` exits 2, `source` and `engine` exit 4. */
export class Fault extends Error {
  readonly code: string
  readonly kind: FaultKind
  readonly where: string | undefined
  readonly expected: string | undefined
  readonly action: string | undefined

  constructor(detail: FaultDetail) {
    super(detail.message, { cause: detail.cause })
    this.name = 'Fault'
    this.code = detail.code
    this.kind = detail.kind
    this.where = detail.where
    this.expected = detail.expected
    this.action = detail.action
  }
}
