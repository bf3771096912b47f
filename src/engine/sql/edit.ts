import type { Parameter } from '../engine.js'
import type { Place } from './fail.js'

/** A column that a star stands for. */
export interface StarColumn {
  readonly name: string
  readonly qualifier?: string
}

/** Something in a statement that Trino and Athena do not take as it is written: binding the statement finds them. */
export type Edit =
  | { readonly kind: 'parameter'; readonly at: Place; readonly value: Parameter }
  | {
      readonly kind: 'clock'
      readonly at: Place
      readonly name: string
      readonly precision: number | undefined
    }
  | {
      readonly kind: 'relation'
      readonly at: Place
      readonly relation: string
      /** Names in front of it and itself. */
      readonly parts: number
      readonly name: string
      readonly hasAlias: boolean
    }
  | { readonly kind: 'address'; readonly at: Place; readonly name: string }
  | { readonly kind: 'star'; readonly at: Place; readonly columns: readonly StarColumn[] }
  /** A column that is found only when named. */
  | { readonly kind: 'hidden'; readonly at: Place | undefined; readonly relation: string; readonly column: string }
