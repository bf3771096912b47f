import { quotedName } from '../sql/quote.js'
/** Where statements are to be run: which engine, and the schema in which all that they make stands. */
export type DdlTarget =
  | { readonly engine: 'trino'; readonly catalog: string; readonly schema: string }
  /** Athena's word for a schema is database. */
  | { readonly engine: 'athena'; readonly schema: string }

/** One statement, and what it is for in one line. */
export interface DdlStatement {
  readonly about: string
  readonly sql: string
}

/** The full name of a table or view, as queries and all of Trino write it. */
export const fullName = (target: DdlTarget, name: string): string =>
  [...(target.engine === 'trino' ? [target.catalog] : []), target.schema, name].map(quotedName).join('.')

/** The same as Hive's DDL writes it, which Athena takes for tables. */
export const hiveName = ({ schema }: DdlTarget, name: string): string => [schema, name].map(hiveQuoted).join('.')

export const hiveQuoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``

/** The statement that makes the schema, where it is not there. */
export const schemaStatement = (target: DdlTarget): DdlStatement =>
  target.engine === 'athena'
    ? { about: 'The database in which all of it stands.', sql: `CREATE DATABASE IF NOT EXISTS ${hiveQuoted(target.schema)}` }
    : {
        about: 'The schema in which all of it stands.',
        sql: `CREATE SCHEMA IF NOT EXISTS ${quotedName(target.catalog)}.${quotedName(target.schema)}`,
      }

export const viewStatement = (target: DdlTarget, name: string, about: string, query: string): DdlStatement => ({
  about,
  sql: `CREATE OR REPLACE VIEW ${fullName(target, name)} AS\n${query}`,
})
