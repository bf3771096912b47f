import fc from 'fast-check'
import ipaddr from 'ipaddr.js'
import type { Kind, SampledColumn, SampledRelation } from './generate-columns.js'

/** What a query is made of: columns of one relation under an alias. */
export class Asked {
  constructor(
    readonly relation: SampledRelation,
    readonly alias: string,
  ) {}

  /** Columns of these kinds that hold anything. */
  columns(...kinds: readonly Kind[]): readonly SampledColumn[] {
    return this.relation.columns.filter(({ kind, values }) => values.length > 0 && (kinds.length === 0 || kinds.includes(kind)))
  }

  sql(column: SampledColumn): string {
    return `${this.alias}."${column.name}"`
  }
}

type Template = fc.Arbitrary<string>

const oneOf = (items: readonly string[]): Template => fc.constantFrom(...items)

/** A column of some kind, and a value of it. */
const columnOf = (
  asked: Asked,
  ...kinds: readonly Kind[]
): fc.Arbitrary<{ readonly sql: string; readonly column: SampledColumn }> =>
  fc.constantFrom(...asked.columns(...kinds)).map(column => ({ sql: asked.sql(column), column }))

const withValue = (
  asked: Asked,
  kinds: readonly Kind[],
  write: (sql: string, value: string, other: string) => readonly string[],
): Template =>
  columnOf(asked, ...kinds).chain(({ sql, column }) =>
    fc.tuple(oneOf(column.values), oneOf(column.values)).chain(([value, other]) => oneOf(write(sql, value, other))),
  )

const written = (asked: Asked, kinds: readonly Kind[], write: (sql: string) => readonly string[]): Template =>
  columnOf(asked, ...kinds).chain(({ sql }) => oneOf(write(sql)))

/** Those of the templates that the relation has columns for. */
const possible = (asked: Asked, ...templates: readonly (readonly [readonly Kind[], () => Template])[]): Template =>
  fc.oneof(...templates.filter(([kinds]) => asked.columns(...kinds).length > 0).map(([, template]) => template()))

/** Whole numbers. */
export const numbers = (asked: Asked): Template =>
  possible(
    asked,
    [
      ['number'],
      () =>
        withValue(asked, ['number'], (sql, value) => [
          sql,
          `coalesce(${sql}, -1)`,
          `${sql} / 7`,
          `${sql} % 16`,
          `-${sql}`,
          `abs(${sql} - ${value})`,
          `nullif(${sql}, ${value})`,
          `greatest(${sql}, ${value})`,
          `bitwise_and(${sql}, 18)`,
          `CASE WHEN ${sql} > ${value} THEN 1 WHEN ${sql} IS NULL THEN NULL ELSE 0 END`,
          `if(${sql} <= ${value}, ${sql})`,
          `CASE ${sql} WHEN ${value} THEN 1 ELSE 2 END`,
        ]),
    ],
    [
      ['time'],
      () =>
        written(asked, ['time'], sql => [
          `${sql} / 300 * 300`,
          `hour(from_unixtime(${sql}))`,
          `minute(from_unixtime(${sql}))`,
          `day_of_week(from_unixtime(${sql}))`,
          `date_diff('minute', TIMESTAMP '2026-01-05 00:00:30', CAST(from_unixtime(${sql}) AS timestamp))`,
          `date_diff('hour', date_trunc('day', from_unixtime(${sql})), from_unixtime(${sql}))`,
          `CAST(to_unixtime(date_trunc('minute', from_unixtime(${sql}))) AS bigint)`,
        ]),
    ],
    [
      ['text', 'address'],
      () =>
        written(asked, ['text', 'address'], sql => [
          `length(${sql})`,
          `strpos(${sql}, '.')`,
          `cardinality(split(${sql}, '-'))`,
          `coalesce(TRY_CAST(regexp_extract(${sql}, '[0-9]+') AS bigint), 0) % 1000`,
        ]),
    ],
  )

/** Text, dates and times: what rows are grouped by. */
export const keys = (asked: Asked): Template =>
  possible(
    asked,
    [
      ['text'],
      () =>
        withValue(asked, ['text'], (sql, value) => [
          sql,
          `lower(${sql})`,
          `coalesce(${sql}, '(none)')`,
          `substr(${sql}, 1, 5)`,
          `reverse(${sql})`,
          `CASE WHEN ${sql} = ${value} THEN 'this' WHEN ${sql} IS NULL THEN 'none' ELSE 'other' END`,
          `regexp_replace(${sql}, '[0-9]', '#')`,
          `concat(${sql}, '/', ${value})`,
        ]),
    ],
    [
      ['address'],
      () =>
        written(asked, ['address'], sql => [
          sql,
          `regexp_extract(${sql}, '^([0-9]+)[.]([0-9]+)', 1)`,
          `split_part(${sql}, '.', 2)`,
          `CASE WHEN ${sql} LIKE '%:%' THEN 'IPv6' ELSE 'IPv4' END`,
          `TRY_CAST(${sql} AS ipaddress)`,
          `address_prefix(address_key(${sql}), 16)`,
          `address_text(address_key(${sql}))`,
          `CAST(TRY_CAST(${sql} AS ipaddress) AS varchar)`,
        ]),
    ],
    [
      ['key'],
      () =>
        written(asked, ['key'], sql => [sql, `address_prefix(${sql}, 24)`, `address_prefix(${sql}, 48)`, `address_text(${sql})`]),
    ],
    [
      ['time'],
      () =>
        written(asked, ['time'], sql => [
          `from_unixtime(${sql})`,
          `date_trunc('hour', from_unixtime(${sql}))`,
          `date_trunc('minute', from_unixtime(${sql}))`,
          `CAST(from_unixtime(${sql}) AS date)`,
          `date_format(from_unixtime(${sql}), '%Y-%m-%d %H:%i')`,
          `date_add('hour', -1, date_trunc('hour', from_unixtime(${sql})))`,
          `from_unixtime(${sql}) AT TIME ZONE 'Asia/Kathmandu'`,
          `from_unixtime(${sql} / 900 * 900) + INTERVAL '1' DAY`,
        ]),
    ],
    [['date'], () => written(asked, ['date'], sql => [sql, `date_add('day', 1, ${sql})`, `day_of_year(${sql})`])],
    [['boolean'], () => written(asked, ['boolean'], sql => [sql, `NOT ${sql}`])],
    [['number'], () => written(asked, ['number'], sql => [sql, `${sql} / 1000`, `CAST(${sql} AS varchar)`])],
  )

const NETWORKS = [8, 16, 24]

/** Networks that hold an address. */
function networksOf(address: string): string[] {
  const text = address.replace(/^IPADDRESS /, '').replaceAll("'", '')
  const isV6 = ipaddr.parse(text).kind() === 'ipv6'
  const of = (bits: number): string =>
    (isV6 ? ipaddr.IPv6 : ipaddr.IPv4).networkAddressFromCIDR(`${text}/${isV6 ? bits * 2 : bits}`).toString()
  return NETWORKS.map(bits => `'${of(bits)}/${isV6 ? bits * 2 : bits}'`)
}

const textOf = (literal: string): string => literal.slice(1, -1)

/** Conditions of one column. */
const conditions = (asked: Asked): Template =>
  possible(
    asked,
    [
      ['number', 'time', 'double'],
      () =>
        withValue(asked, ['number', 'time', 'double'], (sql, value, other) => [
          `${sql} >= ${value}`,
          `${sql} < ${value}`,
          `${sql} <> ${value}`,
          `${sql} BETWEEN least(${value}, ${other}) AND greatest(${value}, ${other})`,
          `${sql} IN (${value}, ${other})`,
          `${sql} IS NOT NULL`,
          `${sql} IS DISTINCT FROM ${value}`,
        ]),
    ],
    [
      ['text'],
      () =>
        withValue(asked, ['text'], (sql, value, other) => [
          `${sql} = ${value}`,
          `${sql} <> ${value}`,
          `${sql} IN (${value}, ${other})`,
          `${sql} NOT IN (${value})`,
          `${sql} LIKE '${textOf(value).slice(0, 3)}%'`,
          `${sql} NOT LIKE '%${textOf(value).slice(-2)}'`,
          `${sql} LIKE '_${textOf(value).slice(1, 4)}%'`,
          `regexp_like(${sql}, '^[a-zA-Z]+')`,
          `length(${sql}) > 3`,
          `${sql} IS NOT NULL`,
        ]),
    ],
    [
      ['address'],
      () =>
        withValue(asked, ['address'], (sql, value, other) => [
          `${sql} = ${value}`,
          `${sql} <> ${value}`,
          `${sql} IN (${value}, ${other})`,
          `${sql} LIKE '${textOf(value).slice(0, 3)}%'`,
          `TRY_CAST(${sql} AS ipaddress) >= IPADDRESS ${value}`,
          `address_key(${sql}) < address_key(${value})`,
          `address_key(${sql}) BETWEEN IPADDRESS ${value} AND IPADDRESS '255.255.255.255'`,
          `NOT contains(${networksOf(value)[0] ?? ''}, TRY_CAST(${sql} AS ipaddress))`,
          ...networksOf(value).map(network => `contains(${network}, TRY_CAST(${sql} AS ipaddress))`),
        ]),
    ],
    [
      ['key'],
      () =>
        withValue(asked, ['key'], (sql, value) => [
          `${sql} <= ${value}`,
          `${sql} <> ${value}`,
          `address_prefix(${sql}, 16) = address_prefix(${value}, 16)`,
          ...networksOf(value).map(network => `contains(${network}, ${sql})`),
        ]),
    ],
    [['boolean'], () => written(asked, ['boolean'], sql => [sql, `NOT ${sql}`, `coalesce(${sql}, TRUE)`])],
    [
      ['time'],
      () =>
        withValue(asked, ['time'], (sql, value) => [
          `from_unixtime(${sql}) >= from_unixtime(${value}) - INTERVAL '10' MINUTE`,
          `date_trunc('minute', from_unixtime(${sql})) <> date_trunc('minute', from_unixtime(${value}))`,
          `from_unixtime(${sql}) > TIMESTAMP '2026-01-05 00:05:00 UTC'`,
          `minute(from_unixtime(${sql})) BETWEEN 5 AND 45`,
        ]),
    ],
    [['date'], () => withValue(asked, ['date'], (sql, value) => [`${sql} = ${value}`, `${sql} >= ${value} - INTERVAL '1' DAY`])],
  )

/** One to three conditions. */
export const predicate = (asked: Asked): Template => {
  const one = conditions(asked)
  return fc.oneof(
    { arbitrary: one, weight: 4 },
    { arbitrary: fc.tuple(one, one).map(([a, b]) => `(${a} OR ${b})`), weight: 3 },
    { arbitrary: fc.tuple(one, one).map(([a, b]) => `${a} AND ${b}`), weight: 1 },
    { arbitrary: fc.tuple(one, one, one).map(([a, b, c]) => `${a} AND (${b} OR NOT (${c}))`), weight: 1 },
    { arbitrary: one.map(a => `coalesce(${a}, TRUE)`), weight: 1 },
  )
}

/** Aggregates whose value does not hang on the order of the rows. */
export const aggregates = (asked: Asked): Template => {
  const anything = asked.columns().map(column => asked.sql(column))
  return fc.oneof(
    fc.constant('count(*)'),
    numbers(asked).chain(n =>
      oneOf([`sum(${n})`, `min(${n})`, `max(${n})`, `avg(${n})`, `count(DISTINCT ${n})`, `count_if(${n} > 5)`]),
    ),
    oneOf(anything).chain(column => oneOf([`count(${column})`, `min(${column})`, `max(${column})`, `count(DISTINCT ${column})`])),
    predicate(asked).chain(p => oneOf([`count_if(${p})`, `bool_or(${p})`, `bool_and(${p})`, `count(*) FILTER (WHERE ${p})`])),
    written(asked, ['text', 'address'], sql => [
      `array_join(array_sort(array_agg(DISTINCT ${sql})), ',')`,
      `cardinality(array_agg(${sql}))`,
      `cardinality(map_keys(histogram(${sql})))`,
    ]),
    written(asked, ['number'], sql => [`bitwise_or_agg(${sql})`, `sum(CAST(${sql} AS double))`]),
  )
}

/** Sketches: engines agree on them within their error. */
export const approximations = (asked: Asked): Template =>
  oneOf(asked.columns('address', 'text', 'number', 'time').map(column => `approx_distinct(${asked.sql(column)})`))
