import fc from 'fast-check'
import type { SampledRelation } from './generate-columns.js'
import { aggregates, approximations, Asked, keys, numbers, predicate } from './generate-expressions.js'

/** A column of an answer that holds the guess of a sketch: engines agree on it within some per cent. */
export const isApproximate = (column: string): boolean => column.startsWith('approx')

type Query = fc.Arbitrary<string>

/**
 * Queries in Athena's SQL over relations, each with one right answer: rows in any order, doubles but for their last digits, columns
 * that are approximate within their error.
 */
export function queriesOver(relations: readonly SampledRelation[]): Query {
  const asked = fc.constantFrom(...relations).map(relation => new Asked(relation, 'r'))
  return asked.chain(r =>
    fc.oneof(
      { arbitrary: selected(r), weight: 3 },
      { arbitrary: grouped(r), weight: 4 },
      { arbitrary: ranked(r), weight: 3 },
      { arbitrary: rolledUp(r), weight: 1 },
      { arbitrary: sketched(r), weight: 1 },
      { arbitrary: joined(r, relations), weight: 3 },
      { arbitrary: related(r, relations), weight: 3 },
      { arbitrary: combined(r, relations), weight: 2 },
      { arbitrary: listed(r), weight: 1 },
    ),
  )
}

const from = ({ relation, alias }: Asked): string => `FROM ${relation.name} ${alias}`
const some = (items: Query, min: number, max: number) => fc.uniqueArray(items, { minLength: min, maxLength: max })
const named = (items: readonly string[], prefix: string): string =>
  items.map((item, i) => `${item} AS ${prefix}${i + 1}`).join(', ')
const ordinals = (count: number): string => Array.from({ length: count }, (_, i) => i + 1).join(', ')
const names = (count: number, prefix: string): string[] => Array.from({ length: count }, (_, i) => `${prefix}${i + 1}`)
/** In three of four queries. */
const where = (r: Asked): Query => fc.oneof({ arbitrary: predicate(r).map(p => `\nWHERE ${p}`), weight: 3 }, fc.constant(''))

/** Rows, the first of them in an order that leaves nothing open. */
const selected = (r: Asked): Query =>
  fc
    .tuple(
      fc.boolean(),
      some(fc.oneof(keys(r), numbers(r)), 2, 5),
      where(r),
      fc.constantFrom('', ' DESC'),
      fc.constantFrom(10, 100),
    )
    .map(([distinct, items, where, order, limit]) => {
      const list = names(items.length, 'c').map(name => `${name}${order}`)
      return `SELECT ${distinct ? 'DISTINCT ' : ''}${named(items, 'c')}\n${from(r)}${where}\nORDER BY ${list.join(', ')}\nLIMIT ${limit}`
    })

interface Groups {
  readonly sql: string
  readonly keys: number
  readonly values: number
}

const groups = (r: Asked, values: Query = aggregates(r)): fc.Arbitrary<Groups> =>
  fc
    .tuple(
      some(fc.oneof({ arbitrary: keys(r), weight: 3 }, numbers(r)), 1, 2),
      some(values, 1, 3),
      where(r),
      fc.constantFrom('', '', 'HAVING count(*) > 1', 'HAVING count(*) >= 3 OR max(r."start") IS NULL'),
    )
    .map(([keys, values, where, having]) => ({
      sql: `SELECT ${named(keys, 'k')}, ${named(values, 'v')}\n${from(r)}${where}\nGROUP BY ${ordinals(keys.length)}${having && `\n${having}`}`,
      keys: keys.length,
      values: values.length,
    }))

const grouped = (r: Asked): Query => groups(r).map(({ sql }) => sql)

/** Windows over groups: their keys leave no two rows alike. */
const ranked = (r: Asked): Query =>
  fc
    .tuple(
      groups(
        r,
        fc.oneof(
          numbers(r).map(n => `sum(${n})`),
          fc.constant('count(*)'),
        ),
      ),
      fc.uniqueArray(
        fc.constantFrom(
          'row_number() OVER (ORDER BY $keys)',
          'rank() OVER (ORDER BY v1 DESC)',
          'dense_rank() OVER (PARTITION BY k1 ORDER BY v1)',
          'percent_rank() OVER (ORDER BY v1)',
          'ntile(4) OVER (ORDER BY v1, $keys)',
          'sum(v1) OVER (PARTITION BY k1)',
          'sum(v1) OVER (ORDER BY $keys ROWS BETWEEN 2 PRECEDING AND CURRENT ROW)',
          'max(v1) OVER (ORDER BY $keys ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)',
          'count(*) OVER (ORDER BY v1)',
          'lag(v1) OVER (ORDER BY $keys)',
          'lead(v1, 2, -1) OVER (ORDER BY $keys)',
          'first_value(v1) OVER (ORDER BY v1 DESC, $keys)',
          'v1 - lag(v1, 1, 0) OVER (PARTITION BY k1 ORDER BY $keys)',
        ),
        { minLength: 1, maxLength: 3 },
      ),
    )
    .map(([{ sql, keys, values }, windows]) => {
      const inner = [...names(keys, 'k'), ...names(values, 'v')]
      const list = windows.map((window, i) => `${window.replaceAll('$keys', names(keys, 'k').join(', '))} AS w${i + 1}`)
      return `WITH grouped AS (\n${sql}\n)\nSELECT ${[...inner, ...list].join(', ')}\nFROM grouped`
    })

const rolledUp = (r: Asked): Query =>
  fc
    .tuple(
      some(keys(r), 2, 2),
      numbers(r),
      where(r),
      fc.constantFrom('ROLLUP (k1, k2)', 'CUBE (k1, k2)', 'GROUPING SETS ((k1), (k2), ())'),
    )
    .map(([items, value, where, by]) => {
      const inner = `SELECT ${named(items, 'k')}, ${value} AS v\n${from(r)}${where}`
      return `SELECT k1, k2, count(*) AS n, sum(v) AS v1, grouping(k1, k2) AS level\nFROM (\n${inner}\n) AS s\nGROUP BY ${by}`
    })

const sketched = (r: Asked): Query =>
  fc
    .tuple(keys(r), approximations(r), where(r))
    .map(([key, sketch, where]) => `SELECT ${key} AS k1, count(*) AS n, ${sketch} AS approx1\n${from(r)}${where}\nGROUP BY 1`)

/** Groups of two relations side by side. */
const joined = (r: Asked, relations: readonly SampledRelation[]): Query =>
  fc
    .tuple(
      fc.constantFrom(...relations).map(relation => new Asked(relation, 'r')),
      fc.constantFrom('JOIN', 'LEFT JOIN', 'RIGHT JOIN', 'FULL JOIN'),
    )
    .chain(([other, join]) =>
      fc
        .constantFrom(...shared(r, other))
        .chain(([left, right]) =>
          fc
            .tuple(aggregates(r), where(r), aggregates(other), where(other))
            .map(
              ([a, whereA, b, whereB]) =>
                `SELECT coalesce(a.k, b.k) AS k1, a.v AS v1, b.v AS v2, a.v IS NULL AS missing\nFROM (SELECT r."${left}" AS k, ${a} AS v ${from(r)}${whereA} GROUP BY 1) AS a\n${join} (SELECT r."${right}" AS k, ${b} AS v ${from(other)}${whereB} GROUP BY 1) AS b ON a.k = b.k`,
            ),
        ),
    )

/** Columns of two relations that can be equal. */
function shared(a: Asked, b: Asked): (readonly [string, string])[] {
  const kinds = ['address', 'text', 'number', 'time'] as const
  return a.columns(...kinds).flatMap(left =>
    b
      .columns(left.kind)
      .filter(right => left.kind === 'address' || right.name === left.name)
      .map(right => [left.name, right.name] as const),
  )
}

/** Rows that stand in some relation to those of another. */
const related = (r: Asked, relations: readonly SampledRelation[]): Query =>
  fc
    .constantFrom(...relations)
    .map(relation => new Asked(relation, 'o'))
    .chain(o =>
      fc
        .constantFrom(...shared(r, o))
        .chain(([left, right]) =>
          fc
            .tuple(keys(r), aggregates(r), predicate(o))
            .chain(([key, value, condition]) =>
              fc
                .constantFrom(
                  `r."${left}" IN (SELECT o."${right}" ${from(o)} WHERE ${condition})`,
                  `EXISTS (SELECT 1 ${from(o)} WHERE o."${right}" = r."${left}" AND ${condition})`,
                  `NOT EXISTS (SELECT 1 ${from(o)} WHERE o."${right}" = r."${left}" AND ${condition})`,
                  `r."bytes" >= (SELECT avg(o."bytes") ${from(o)} WHERE ${condition})`,
                  `r."start" > (SELECT min(o."start") + 60 ${from(o)})`,
                )
                .map(test => `SELECT ${key} AS k1, ${value} AS v1, count(*) AS n\n${from(r)}\nWHERE ${test}\nGROUP BY 1`),
            ),
        ),
    )

/** Two sets of rows put together, or one without the other. */
const combined = (r: Asked, relations: readonly SampledRelation[]): Query =>
  fc
    .constantFrom(...relations)
    .map(relation => new Asked(relation, 'r'))
    .chain(other =>
      fc.constantFrom(...shared(r, other)).chain(([left, right]) =>
        fc.tuple(where(r), where(other), fc.constantFrom('UNION', 'UNION ALL', 'INTERSECT', 'EXCEPT')).map(([a, b, set]) => {
          const sets = `SELECT r."${left}" AS k ${from(r)}${a}\n${set}\nSELECT r."${right}" AS k ${from(other)}${b}`
          return `SELECT k AS k1, count(*) AS n FROM (\n${sets}\n) AS u GROUP BY 1`
        }),
      ),
    )

/** Rows of lists: several columns one below the other. */
const listed = (r: Asked): Query =>
  fc
    .tuple(fc.uniqueArray(fc.constantFrom(...r.columns('text', 'address')), { minLength: 2, maxLength: 3 }), where(r))
    .map(([columns, where]) => {
      const values = columns.map(column => r.sql(column)).join(', ')
      return `SELECT u.place AS k1, u.value AS k2, count(*) AS n\n${from(r)}\nCROSS JOIN UNNEST(ARRAY[${values}]) WITH ORDINALITY AS u(value, place)${where}\nGROUP BY 1, 2`
    })
