import type { ColumnType } from './types.js'
import type { Projection } from './projection.js'

/** A column of a table that a person made. */
export interface ColumnDefinition extends ColumnType {
  /** Lower case, without quotes. */
  readonly name: string
  readonly comment?: string
}

/** What a CREATE EXTERNAL TABLE in Athena's form says. */
export interface TableDefinition {
  /** Lower case, without quotes and without the database. */
  readonly name: string
  readonly comment?: string
  /** The columns of the files, in their order. */
  readonly columns: readonly ColumnDefinition[]
  /** The columns that a file's place gives. */
  readonly partitions: readonly ColumnDefinition[]
  readonly format: 'text' | 'parquet'
  /** What stands between the fields of a line of text; `\u0001` where nothing is said, as in Hive. */
  readonly delimiter: string
  /** The character that takes a delimiter's meaning away. */
  readonly escape?: string
  /** The text that means NULL, where the statement gives one. */
  readonly nullText?: string
  /** Lines to leave out at the head of each text file: `skip.header.line.count`. */
  readonly skipHeaderLines: number
  /** As it was written: `s3://…` or a local path. */
  readonly location: string
  /** Present where `projection.enabled` is true. */
  readonly projection?: Projection
  /** TBLPROPERTIES as they were written. */
  readonly properties: Readonly<Record<string, string>>
  /** The statement in one form, as `printTable` gives it. */
  readonly text: string
}
