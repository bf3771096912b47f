import type { TableDefinition } from './definition.js'

/** A partition that ALTER TABLE … ADD PARTITION names. */
export interface PartitionDefinition {
  /** By column, as text. */
  readonly values: Readonly<Record<string, string>>
  /** Absent, it stands in Hive's folders under the table's LOCATION. */
  readonly location?: string
}

/** What a statement does. */
export type StatementForm =
  | { readonly kind: 'query'; readonly sql: string }
  | { readonly kind: 'explain'; readonly sql: string }
  | { readonly kind: 'create-table'; readonly table: TableDefinition; readonly ifNotExists: boolean }
  | { readonly kind: 'create-view'; readonly name: string; readonly orReplace: boolean; readonly sql: string }
  | { readonly kind: 'drop-table' | 'drop-view'; readonly name: string; readonly ifExists: boolean }
  | {
      readonly kind: 'add-partition'
      readonly table: string
      readonly ifNotExists: boolean
      readonly partitions: readonly PartitionDefinition[]
    }
  | { readonly kind: 'repair-table' | 'show-partitions' | 'show-columns' | 'describe'; readonly name: string }
  /** `pattern`: `*` stands for any characters, `|` for either. */
  | { readonly kind: 'show-tables'; readonly pattern?: string }

/** A statement and where it stands. */
export type Statement = StatementForm & {
  /** As it was written, without the semicolon. */
  readonly text: string
  /** Of its first word, both from 1. */
  readonly line: number
  readonly column: number
}
