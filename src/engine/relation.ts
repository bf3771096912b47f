/** A column of a result, with the type as Athena names it: `bigint`, `varchar`, `timestamp(3) with time zone`, `array(varchar)`. */
export interface Column {
  readonly name: string
  readonly type: string
}

/** Something a FROM can name. */
export interface Relation {
  /** Lower case, without quotes. */
  readonly name: string
  /** The columns that `SELECT *` shows, in order, with Athena's types. */
  readonly columns: readonly Column[]
  /** Columns that are found only when named: left out of `SELECT *` and of `DESCRIBE`. */
  readonly hidden: readonly Column[]
  /** The name of the DuckDB view or table that answers, quoted where need be. */
  readonly target: string
  /** Its rows stand where those that equal something are found without reading all. */
  readonly isSeekable?: boolean
}
