import type { Forms } from './form.js'

/** Aggregate functions; each may also stand with OVER. */
export const aggregates: Forms = {
  approx_distinct: [
    ['(T) -> bigint', 'count{DISTINCT $1}'],
    ['(T, double) -> bigint', 'count{DISTINCT $1}'],
  ],
  any_value: [['(T) -> T', 'any_value{$1}']],
  arbitrary: [['(T) -> T', 'any_value{$1}']],
  array_agg: [['(T) -> array(T)', 'list{$1}']],
  approx_percentile: [
    ['(bigint, double) -> bigint', 'quantile_disc{$1, athena.percentile($2)}'],
    ['(double, double) -> double', 'quantile_disc{$1, athena.percentile($2)}'],
    ['(real, double) -> real', 'quantile_disc{$1, athena.percentile($2)}'],
    ['(bigint, array(double)) -> array(bigint)', 'quantile_disc{$1, list_transform($2, lambda p: athena.percentile(p))}'],
    ['(double, array(double)) -> array(double)', 'quantile_disc{$1, list_transform($2, lambda p: athena.percentile(p))}'],
  ],
  avg: [
    ['(bigint) -> double', 'avg{$1}'],
    ['(double) -> double', 'avg{$1}'],
    ['(real) -> real', 'CAST(avg{$1} AS FLOAT)'],
    ['(D) -> D', 'CAST(athena.decimal_average(sum{$1}, count{$1}, $scale) AS $type)'],
  ],
  bitwise_and_agg: [['(bigint) -> bigint', 'bit_and{$1}']],
  bitwise_or_agg: [['(bigint) -> bigint', 'bit_or{$1}']],
  bitwise_xor_agg: [['(bigint) -> bigint', 'bit_xor{$1}']],
  bool_and: [['(boolean) -> boolean', 'bool_and{$1}']],
  bool_or: [['(boolean) -> boolean', 'bool_or{$1}']],
  corr: [
    ['(real, real) -> real', 'CAST(athena.no_nan(corr{$1, $2}) AS FLOAT)'],
    ['(double, double) -> double', 'athena.no_nan(corr{$1, $2})'],
  ],
  count: [
    ['() -> bigint', 'count{*}'],
    ['(T) -> bigint', 'count{$1}'],
  ],
  count_if: [['(boolean) -> bigint', 'count{CASE WHEN $1 THEN 1 END}']],
  covar_pop: [
    ['(real, real) -> real', 'CAST(athena.no_nan(covar_pop{$1, $2}) AS FLOAT)'],
    ['(double, double) -> double', 'athena.no_nan(covar_pop{$1, $2})'],
  ],
  covar_samp: [
    ['(real, real) -> real', 'CAST(athena.no_nan(covar_samp{$1, $2}) AS FLOAT)'],
    ['(double, double) -> double', 'athena.no_nan(covar_samp{$1, $2})'],
  ],
  every: [['(boolean) -> boolean', 'bool_and{$1}']],
  geometric_mean: [['(double) -> double', 'exp(avg{ln($1)})']],
  grouping: [
    ['(T) -> integer', 'CAST(grouping{$*} AS INTEGER)'],
    ['(T, U) -> integer', 'CAST(grouping{$*} AS INTEGER)'],
    ['(T, U, V) -> integer', 'CAST(grouping{$*} AS INTEGER)'],
  ],
  histogram: [['(T) -> map(T, bigint)', 'athena.counted_map(histogram{$1})']],
  kurtosis: [['(double) -> double', "CASE WHEN count{$1} >= 4 THEN coalesce(kurtosis{$1}, CAST('NaN' AS DOUBLE)) END"]],
  listagg: [
    ['(varchar) -> varchar', "string_agg{$1, ''}"],
    ['(varchar, varchar) -> varchar', 'string_agg{$1, $2}'],
  ],
  map_agg: [['(K, V) -> map(K, V)', 'athena.first_map(list{struct_pack(k := $1, v := $2)})']],
  // NaN is greatest in DuckDB and passed over by Trino.
  max: [
    ['(double) -> double', "coalesce(max{nullif($1, CAST('NaN' AS DOUBLE))}, max{$1})"],
    ['(real) -> real', "coalesce(max{nullif($1, CAST('NaN' AS FLOAT))}, max{$1})"],
    ['(T) -> T', 'max{$1}'],
    ['(T, bigint) -> array(T)', 'max{$1, $2}'],
  ],
  max_by: [
    ['(T, double) -> T', "arg_max_null{$1, nullif($2, CAST('NaN' AS DOUBLE))}"],
    ['(T, U) -> T', 'arg_max_null{$1, $2}'],
    ['(T, U, bigint) -> array(T)', 'list_transform(arg_max{struct_pack(value := $1), $2, $3}, lambda row: row.value)'],
  ],
  min: [
    ['(T) -> T', 'min{$1}'],
    ['(T, bigint) -> array(T)', 'min{$1, $2}'],
  ],
  min_by: [
    ['(T, U) -> T', 'arg_min_null{$1, $2}'],
    ['(T, U, bigint) -> array(T)', 'list_transform(arg_min{struct_pack(value := $1), $2, $3}, lambda row: row.value)'],
  ],
  multimap_agg: [['(K, V) -> map(K, array(V))', 'athena.many_map(list{struct_pack(k := $1, v := $2)})']],
  regr_intercept: [
    ['(real, real) -> real', 'CAST(athena.no_nan(regr_intercept{$1, $2}) AS FLOAT)'],
    ['(double, double) -> double', 'athena.no_nan(regr_intercept{$1, $2})'],
  ],
  regr_slope: [
    ['(real, real) -> real', 'CAST(athena.no_nan(regr_slope{$1, $2}) AS FLOAT)'],
    ['(double, double) -> double', 'athena.no_nan(regr_slope{$1, $2})'],
  ],
  // DuckDB's is corrected for samples.
  skewness: [['(double) -> double', 'skewness{$1} * (count{$1} - 2) / sqrt(CAST(count{$1} AS DOUBLE) * (count{$1} - 1))']],
  stddev: [['(double) -> double', 'stddev_samp{$1}']],
  stddev_pop: [['(double) -> double', 'stddev_pop{$1}']],
  stddev_samp: [['(double) -> double', 'stddev_samp{$1}']],
  sum: [
    ['(bigint) -> bigint', 'CAST(sum{$1} AS BIGINT)'],
    ['(double) -> double', 'sum{$1}'],
    ['(real) -> real', 'CAST(sum{$1} AS FLOAT)'],
    ['(D) -> sum(D)', 'CAST(sum{$1} AS $type)'],
    ['(interval day to second) -> interval day to second', 'to_microseconds(CAST(sum{epoch_us($1)} AS BIGINT))'],
  ],
  var_pop: [['(double) -> double', 'var_pop{$1}']],
  var_samp: [['(double) -> double', 'var_samp{$1}']],
  variance: [['(double) -> double', 'var_samp{$1}']],
}

/** Functions that need OVER. */
export const windows: Forms = {
  cume_dist: [['() -> double', 'cume_dist{}']],
  dense_rank: [['() -> bigint', 'dense_rank{}']],
  first_value: [['(T) -> T', 'first_value{$1}']],
  lag: [
    ['(T) -> T', 'lag{$1}'],
    ['(T, bigint) -> T', 'lag{$1, $2}'],
    ['(T, bigint, T) -> T', 'lag{$1, $2, $3}'],
  ],
  last_value: [['(T) -> T', 'last_value{$1}']],
  lead: [
    ['(T) -> T', 'lead{$1}'],
    ['(T, bigint) -> T', 'lead{$1, $2}'],
    ['(T, bigint, T) -> T', 'lead{$1, $2, $3}'],
  ],
  nth_value: [['(T, bigint) -> T', 'nth_value{$1, $2}']],
  ntile: [['(bigint) -> bigint', 'ntile{$1}']],
  percent_rank: [['() -> double', 'percent_rank{}']],
  rank: [['() -> bigint', 'rank{}']],
  row_number: [['() -> bigint', 'row_number{}']],
}
