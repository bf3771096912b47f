import type { Forms } from './form.js'

/** Functions of arrays and maps. */
export const collections: Forms = {
  all_match: [['(array(T), (T) => boolean) -> boolean', 'athena.all_match(list_transform($1, $2))']],
  any_match: [['(array(T), (T) => boolean) -> boolean', 'athena.any_match(list_transform($1, $2))']],
  array_distinct: [['(array(T)) -> array(T)', 'athena.array_distinct($1)']],
  array_except: [['(array(T), array(T)) -> array(T)', 'athena.array_except($1, $2)']],
  array_intersect: [['(array(T), array(T)) -> array(T)', 'athena.array_intersect($1, $2)']],
  array_join: [
    ['(array(varchar), varchar) -> varchar', 'athena.array_join($1, $2)'],
    [
      '(array(varchar), varchar, varchar) -> varchar',
      'athena.array_join(list_transform($1, lambda element: coalesce(element, $3)), $2)',
    ],
    ['(array(bigint), varchar) -> varchar', 'athena.array_join($1, $2)'],
    [
      '(array(double), varchar) -> varchar',
      'athena.array_join(list_transform($1, lambda element: athena.double_text(element)), $2)',
    ],
    [
      '(array(bigint), varchar, varchar) -> varchar',
      'athena.array_join(list_transform($1, lambda element: coalesce(CAST(element AS VARCHAR), $3)), $2)',
    ],
  ],
  array_max: [['(array(T)) -> T', 'CASE WHEN len(list_filter($1, lambda element: element IS NULL)) = 0 THEN list_max($1) END']],
  array_min: [['(array(T)) -> T', 'CASE WHEN len(list_filter($1, lambda element: element IS NULL)) = 0 THEN list_min($1) END']],
  array_position: [
    ['(array(T), T) -> bigint', 'CASE WHEN $1 IS NOT NULL AND $2 IS NOT NULL THEN coalesce(list_position($1, $2), 0) END'],
  ],
  array_remove: [['(array(T), T) -> array(T)', 'athena.array_remove($1, $2)']],
  array_sort: [['(array(T)) -> array(T)', "list_sort($1, 'ASC', 'NULLS LAST')"]],
  array_union: [['(array(T), array(T)) -> array(T)', 'athena.array_union($1, $2)']],
  arrays_overlap: [['(array(T), array(T)) -> boolean', 'athena.arrays_overlap($1, $2)']],
  cardinality: [
    ['(array(T)) -> bigint', 'len($1)'],
    ['(map(K, V)) -> bigint', 'CAST(cardinality($1) AS BIGINT)'],
  ],
  contains: [['(array(T), T) -> boolean', 'athena.contains($1, $2)']],
  element_at: [
    ['(array(T), bigint) -> T', 'athena.element_at($1, $2)'],
    ['(map(K, V), K) -> V', 'map_extract_value($1, $2)'],
  ],
  filter: [['(array(T), (T) => boolean) -> array(T)', 'list_filter($1, $2)']],
  flatten: [['(array(array(T))) -> array(T)', 'flatten($1)']],
  map: [
    ['() -> map(unknown, unknown)', 'map()'],
    ['(array(K), array(V)) -> map(K, V)', 'map($1, $2)'],
  ],
  map_concat: [
    ['(map(K, V), map(K, V)) -> map(K, V)', 'CASE WHEN $1 IS NOT NULL AND $2 IS NOT NULL THEN map_concat($1, $2) END'],
  ],
  map_entries: [
    [
      '(map(K, V)) -> array(row(K, V))',
      'list_transform(map_entries($1), lambda entry: struct_pack("field0" := entry.key, "field1" := entry.value))',
    ],
  ],
  map_filter: [
    [
      '(map(K, V), [K, V] => boolean) -> map(K, V)',
      'CASE WHEN $1 IS NOT NULL THEN athena.zipped_map(list_filter(list_zip(map_keys($1), map_values($1)), $2)) END',
    ],
  ],
  map_from_entries: [
    [
      '(array(row(K, V))) -> map(K, V)',
      'map(list_transform($1, lambda entry: entry."field0"), list_transform($1, lambda entry: entry."field1"))',
    ],
  ],
  map_keys: [['(map(K, V)) -> array(K)', 'map_keys($1)']],
  map_values: [['(map(K, V)) -> array(V)', 'map_values($1)']],
  none_match: [['(array(T), (T) => boolean) -> boolean', 'NOT athena.any_match(list_transform($1, $2))']],
  reduce: [['(array(T), S, (S, T) => S, (S) => R) -> R', 'list_transform([list_reduce($1, $3, $2)], $4)[1]']],
  repeat: [['(T, bigint) -> array(T)', 'list_transform(range(athena.counted($2)), lambda element: $1)']],
  sequence: [
    ['(bigint, bigint) -> array(bigint)', 'athena.sequence($1, $2)'],
    ['(bigint, bigint, bigint) -> array(bigint)', 'athena.sequence_by($1, $2, $3)'],
    ['(date, date) -> array(date)', 'athena.sequence_dates($1, $2)'],
    ['(date, date, interval day to second) -> array(date)', 'athena.sequence_dates_by($1, $2, $3)'],
    ['(date, date, interval year to month) -> array(date)', 'athena.sequence_months($1, $2, $3)'],
    ['(Z, Z, interval day to second) -> array(Z)', 'generate_series($1, $2, $3)'],
  ],
  slice: [['(array(T), bigint, bigint) -> array(T)', 'athena.slice($1, $2, $3)']],
  transform: [['(array(T), (T) => U) -> array(U)', 'list_transform($1, $2)']],
  transform_keys: [
    ['(map(K, V), [K, V] => R) -> map(R, V)', 'map(list_transform(list_zip(map_keys($1), map_values($1)), $2), map_values($1))'],
  ],
  transform_values: [
    ['(map(K, V), [K, V] => R) -> map(K, R)', 'map(map_keys($1), list_transform(list_zip(map_keys($1), map_values($1)), $2))'],
  ],
  trim_array: [['(array(T), bigint) -> array(T)', 'athena.trim_array($1, $2)']],
  zip: [
    [
      '(array(T), array(U)) -> array(row(T, U))',
      'CASE WHEN $1 IS NOT NULL AND $2 IS NOT NULL THEN list_transform(list_zip($1, $2), lambda pair: struct_pack("field0" := pair[1], "field1" := pair[2])) END',
    ],
  ],
  zip_with: [
    [
      '(array(T), array(U), [T, U] => R) -> array(R)',
      'CASE WHEN $1 IS NOT NULL AND $2 IS NOT NULL THEN list_transform(list_zip($1, $2), $3) END',
    ],
  ],
}
