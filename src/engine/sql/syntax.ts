import type { Place } from './fail.js'

/** A name as it was written; unquoted names keep their case and compare without it. */
export interface Name {
  readonly text: string
  readonly quoted: boolean
  readonly at: Place
}

/** A data type as it was written: `decimal(10, 2)` is `decimal` with two numbers, `array(bigint)` has one parameter. */
export interface TypeSyntax {
  readonly at: Place
  readonly name: string
  readonly numbers: readonly number[]
  readonly parameters: readonly { readonly name?: string; readonly type: TypeSyntax }[]
  readonly withTimeZone: boolean
}

export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '||'
export type ComparisonOperator = '=' | '<>' | '<' | '<=' | '>' | '>='

export interface SortItem {
  readonly expression: Expression
  readonly descending: boolean
  /** Trino's default, for both directions, is NULLS LAST. */
  readonly nullsFirst: boolean
}

export interface FrameBound {
  readonly kind: 'unbounded preceding' | 'preceding' | 'current row' | 'following' | 'unbounded following'
  readonly value?: Expression
}

export interface WindowSpecification {
  readonly at: Place
  readonly base?: Name
  readonly partitionBy: readonly Expression[]
  readonly orderBy: readonly SortItem[]
  readonly frame?: { readonly unit: 'ROWS' | 'RANGE' | 'GROUPS'; readonly start: FrameBound; readonly end?: FrameBound }
}

export interface Call {
  readonly kind: 'call'
  readonly at: Place
  readonly name: string
  readonly arguments: readonly Expression[]
  /** `count(*)`. */
  readonly star: boolean
  readonly distinct: boolean
  readonly orderBy: readonly SortItem[]
  readonly filter?: Expression
  readonly nulls?: 'IGNORE' | 'RESPECT'
  readonly over?: WindowSpecification | Name
}

export type Expression =
  | { readonly kind: 'null'; readonly at: Place }
  | { readonly kind: 'boolean'; readonly at: Place; readonly value: boolean }
  | { readonly kind: 'number'; readonly at: Place; readonly text: string }
  | { readonly kind: 'string'; readonly at: Place; readonly value: string }
  | { readonly kind: 'binary'; readonly at: Place; readonly hex: string }
  | { readonly kind: 'typed'; readonly at: Place; readonly type: TypeSyntax; readonly value: string }
  | {
      readonly kind: 'interval'
      readonly at: Place
      readonly value: string
      readonly negative: boolean
      readonly from: string
      readonly to?: string
    }
  | { readonly kind: 'parameter'; readonly at: Place; readonly name: string }
  | { readonly kind: 'column'; readonly at: Place; readonly name: Name }
  | { readonly kind: 'field'; readonly at: Place; readonly base: Expression; readonly name: Name }
  | { readonly kind: 'subscript'; readonly at: Place; readonly base: Expression; readonly index: Expression }
  | Call
  | { readonly kind: 'lambda'; readonly at: Place; readonly parameters: readonly Name[]; readonly body: Expression }
  | { readonly kind: 'clock'; readonly at: Place; readonly name: string; readonly precision?: number }
  | { readonly kind: 'extract'; readonly at: Place; readonly field: string; readonly from: Expression }
  | {
      readonly kind: 'cast'
      readonly at: Place
      readonly operand: Expression
      readonly type: TypeSyntax
      readonly attempt: boolean
    }
  | { readonly kind: 'row'; readonly at: Place; readonly items: readonly Expression[] }
  | { readonly kind: 'array'; readonly at: Place; readonly items: readonly Expression[] }
  | { readonly kind: 'sign'; readonly at: Place; readonly operand: Expression }
  | { readonly kind: 'not'; readonly at: Place; readonly operand: Expression }
  | { readonly kind: 'zone'; readonly at: Place; readonly operand: Expression; readonly zone: Expression }
  | {
      readonly kind: 'arithmetic'
      readonly at: Place
      readonly operator: BinaryOperator
      readonly left: Expression
      readonly right: Expression
    }
  | { readonly kind: 'logical'; readonly at: Place; readonly operator: 'AND' | 'OR'; readonly items: readonly Expression[] }
  | {
      readonly kind: 'comparison'
      readonly at: Place
      readonly operator: ComparisonOperator
      readonly left: Expression
      readonly right: Expression
    }
  | {
      readonly kind: 'quantified'
      readonly at: Place
      readonly operator: ComparisonOperator
      readonly quantifier: 'ANY' | 'ALL'
      readonly left: Expression
      readonly query: Query
    }
  | {
      readonly kind: 'distinct'
      readonly at: Place
      readonly negated: boolean
      readonly left: Expression
      readonly right: Expression
    }
  | {
      readonly kind: 'between'
      readonly at: Place
      readonly negated: boolean
      readonly operand: Expression
      readonly low: Expression
      readonly high: Expression
    }
  | {
      readonly kind: 'in'
      readonly at: Place
      readonly negated: boolean
      readonly operand: Expression
      readonly items: readonly Expression[]
    }
  | {
      readonly kind: 'in query'
      readonly at: Place
      readonly negated: boolean
      readonly operand: Expression
      readonly query: Query
    }
  | {
      readonly kind: 'like'
      readonly at: Place
      readonly negated: boolean
      readonly operand: Expression
      readonly pattern: Expression
      readonly escape?: Expression
    }
  | { readonly kind: 'is null'; readonly at: Place; readonly negated: boolean; readonly operand: Expression }
  | {
      readonly kind: 'case'
      readonly at: Place
      readonly operand?: Expression
      readonly whens: readonly { readonly when: Expression; readonly then: Expression }[]
      readonly otherwise?: Expression
    }
  | { readonly kind: 'exists'; readonly at: Place; readonly query: Query }
  | { readonly kind: 'subquery'; readonly at: Place; readonly query: Query }

export interface Alias {
  readonly name: Name
  readonly columns: readonly Name[]
}

export type Source =
  | { readonly kind: 'table'; readonly at: Place; readonly parts: readonly Name[]; readonly alias?: Alias }
  | { readonly kind: 'derived'; readonly at: Place; readonly lateral: boolean; readonly query: Query; readonly alias?: Alias }
  | {
      readonly kind: 'unnest'
      readonly at: Place
      readonly items: readonly Expression[]
      readonly ordinality: boolean
      readonly alias?: Alias
    }
  | {
      readonly kind: 'join'
      readonly at: Place
      readonly type: 'CROSS' | 'INNER' | 'LEFT' | 'RIGHT' | 'FULL'
      readonly left: Source
      readonly right: Source
      readonly on?: Expression
      readonly using?: readonly Name[]
    }

export type SelectItem =
  | { readonly kind: 'expression'; readonly at: Place; readonly expression: Expression; readonly alias?: Name }
  | { readonly kind: 'star'; readonly at: Place; readonly qualifier: readonly Name[] }

export type Grouping =
  | { readonly kind: 'simple'; readonly at: Place; readonly items: readonly Expression[] }
  | { readonly kind: 'rollup' | 'cube' | 'sets'; readonly at: Place; readonly sets: readonly (readonly Expression[])[] }

export interface Select {
  readonly kind: 'select'
  readonly at: Place
  readonly distinct: boolean
  readonly items: readonly SelectItem[]
  readonly from: readonly Source[]
  readonly where?: Expression
  readonly groupBy: readonly Grouping[]
  readonly having?: Expression
  readonly windows: readonly { readonly name: Name; readonly specification: WindowSpecification }[]
}

export type QueryBody =
  | Select
  | { readonly kind: 'values'; readonly at: Place; readonly rows: readonly Expression[] }
  | {
      readonly kind: 'set'
      readonly at: Place
      readonly operator: 'UNION' | 'INTERSECT' | 'EXCEPT'
      readonly all: boolean
      readonly left: QueryBody
      readonly right: QueryBody
    }
  | { readonly kind: 'nested'; readonly at: Place; readonly query: Query }

export interface Query {
  readonly at: Place
  readonly recursive: boolean
  readonly with: readonly { readonly name: Name; readonly columns: readonly Name[]; readonly query: Query }[]
  readonly body: QueryBody
  readonly orderBy: readonly SortItem[]
  readonly offset?: Expression
  readonly limit?: Expression
}
