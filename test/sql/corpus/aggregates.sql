-- name: aggregates-of-nothing
SELECT count(*), sum(n), avg(n), min(n), max(t), count_if(n > 0), array_agg(n), bool_and(n > 0), approx_distinct(n), stddev(d) FROM nothing;
-- name: aggregates-of-nothing-grouped
SELECT t, count(*) AS n FROM nothing GROUP BY t;
-- name: count-if
SELECT count_if(i > 0), count_if(i IS NULL), count_if(i > 100000000000), typeof(count_if(i > 0)) FROM numbers;
-- name: filter-clause
SELECT count(*) FILTER (WHERE i > 0), sum(i) FILTER (WHERE id <= 2), max(i) FILTER (WHERE id > 100), count_if(i > 0) FILTER (WHERE id < 3) FROM numbers;
-- name: sum-types
SELECT typeof(sum(i)), typeof(sum(d)), typeof(sum(m)), typeof(sum(r)), typeof(sum(b)) FROM numbers WHERE id <= 3;
-- name: sum-beyond-double
SELECT sum(bytes) AS total FROM flows_sample WHERE dstaddr = '192.0.2.80';
-- name: sum-overflows
SELECT sum(b) FROM numbers WHERE id IN (5, 7);
-- name: sum-of-integers-is-bigint
SELECT sum(i) FROM (VALUES 2147483647, 2147483647) AS t(i);
-- name: sum-of-decimals
SELECT sum(m), avg(m), min(m), max(m) FROM numbers WHERE id <= 3 OR id = 7;
-- name: avg-types
SELECT typeof(avg(i)), typeof(avg(b)), typeof(avg(m)), typeof(avg(r)), typeof(avg(d)) FROM numbers;
-- name: avg-of-integers
SELECT avg(id), avg(i) FILTER (WHERE id IN (1, 3)) FROM numbers;
-- name: avg-of-decimals-rounds
SELECT avg(x), avg(y) FROM (VALUES (1.0, 1.00), (2.0, 2.00), (2.0, 2.00)) AS t(x, y);
-- name: min-and-max
SELECT min(word), max(word), min(i), max(d) FROM words CROSS JOIN numbers;
-- name: max-by-and-min-by
SELECT max_by(word, id), min_by(id, word), max_by(id, word) FROM words WHERE grp = 'b';
-- name: max-by-null-value
SELECT max_by(word, id), max_by(id, word) FROM words WHERE id IN (1, 2);
-- name: max-by-null-key
SELECT max_by(id, i), min_by(id, i) FROM numbers WHERE id IN (1, 4);
-- name: max-by-three
SELECT max_by(id, start, 3), min_by(id, start, 2) FROM (SELECT start % 1000 AS id, start FROM flows_sample WHERE srcaddr = '198.51.100.7') AS t;
-- name: max-and-min-n
SELECT max(id, 2), min(id, 3), max(word, 2) FROM words;
-- name: max-n-more-than-rows
SELECT max(id, 10), min(id, 10) FROM words WHERE id <= 2;
-- name: max-n-of-nothing
SELECT max(n, 2), max_by(n, d, 2) FROM nothing;
-- name: approx-percentile
SELECT approx_percentile(x, 0.5e0), approx_percentile(x, 0.0e0), approx_percentile(x, 1.0e0), approx_percentile(x, 0.9e0) FROM UNNEST(sequence(1, 100)) AS t(x);
-- name: approx-percentile-array
SELECT approx_percentile(x, ARRAY[0.25e0, 0.5e0, 0.75e0]) FROM UNNEST(sequence(1, 9)) AS t(x);
-- name: approx-percentile-of-few
SELECT approx_percentile(x, 0.5) FROM (VALUES 1, 2, 3, 4) AS t(x);
-- name: approx-percentile-of-doubles
SELECT approx_percentile(x, 0.5), typeof(approx_percentile(x, 0.5)) FROM (VALUES 1.5e0, 2.5e0, 10e0) AS t(x);
-- name: approx-percentile-weighted
SELECT approx_percentile(x, w, 0.5) FROM (VALUES (1, 1), (2, 1), (10, 5)) AS t(x, w);
-- name: approx-distinct
SELECT approx_distinct(srcaddr), approx_distinct(dstport), approx_distinct(flow_direction), typeof(approx_distinct(srcaddr)) FROM flows_sample;
-- name: approx-distinct-with-error
SELECT approx_distinct(srcaddr, 0.01) FROM flows_sample;
-- name: array-agg-ordered
SELECT array_agg(word ORDER BY id), array_agg(id ORDER BY word DESC, id) FROM words;
-- name: array-agg-keeps-null
SELECT array_agg(word ORDER BY id) AS words, cardinality(array_agg(word)) AS n FROM words WHERE grp = 'a';
-- name: array-agg-filter-distinct
SELECT array_agg(word ORDER BY id) FILTER (WHERE word IS NOT NULL), array_agg(DISTINCT grp ORDER BY grp) FROM words;
-- name: array-agg-grouped
SELECT grp, array_agg(id ORDER BY id DESC) AS ids FROM words GROUP BY grp ORDER BY grp;
-- name: listagg
SELECT listagg(word, ', ') WITHIN GROUP (ORDER BY id) AS words, listagg(CAST(id AS varchar), '') WITHIN GROUP (ORDER BY id DESC) AS ids FROM words;
-- name: arbitrary-skips-null
SELECT arbitrary(x), any_value(x) FROM (VALUES NULL, 'only', NULL) AS t(x);
-- name: bool-and-or-every
SELECT bool_and(i > 0), bool_or(i > 0), every(i IS NOT NULL OR id = 4), bool_and(x) FROM numbers CROSS JOIN (VALUES CAST(NULL AS boolean)) AS t(x);
-- name: stddev-and-variance
SELECT round(stddev(x), 9), round(stddev_samp(x), 9), round(stddev_pop(x), 9), round(variance(x), 9), round(var_pop(x), 9), var_samp(x) = variance(x) FROM (VALUES 2, 4, 4, 5, 7) AS t(x);
-- name: stddev-of-one
SELECT stddev(x), stddev_pop(x), variance(x), var_pop(x) FROM (VALUES 5) AS t(x);
-- name: corr-and-covariance
SELECT round(corr(y, x), 9), round(covar_samp(y, x), 9), round(covar_pop(y, x), 9), round(regr_slope(y, x), 9), round(regr_intercept(y, x), 9) FROM (VALUES (1e0, 2e0), (2e0, 3e0), (3e0, 7e0)) AS t(x, y);
-- name: skewness-and-kurtosis
SELECT round(skewness(x), 9), round(kurtosis(x), 9) FROM (VALUES 2e0, 4e0, 4e0, 5e0, 17e0) AS t(x);
-- name: geometric-mean
SELECT round(geometric_mean(x), 9) FROM (VALUES 1, 10, 100) AS t(x);
-- name: histogram
SELECT histogram(grp) FROM words;
-- name: numeric-histogram-of-few
SELECT numeric_histogram(10, x) FROM (VALUES 1, 1, 5) AS t(x);
-- name: map-agg
SELECT map_agg(id, word) FROM words WHERE id <= 3;
-- name: map-agg-null-key
SELECT map_agg(word, id) FROM words WHERE id IN (2, 3);
-- name: multimap-agg
SELECT grp, transform_values(multimap_agg(word, id), (k, v) -> array_sort(v)) AS m FROM words WHERE word IS NOT NULL AND grp = 'a' GROUP BY grp;
-- name: map-union
SELECT map_union(m) FROM (VALUES MAP(ARRAY['a'], ARRAY[1]), MAP(ARRAY['b'], ARRAY[2])) AS t(m);
-- name: bitwise-aggregates
SELECT bitwise_or_agg(tcp_flags), bitwise_and_agg(tcp_flags), bitwise_xor_agg(id) FROM flows_sample CROSS JOIN (VALUES 1, 2) AS t(id);
-- name: sum-distinct
SELECT sum(DISTINCT x), count(DISTINCT x), avg(DISTINCT x) FROM (VALUES 1, 1, 2, NULL) AS t(x);
-- name: count-distinct-pairs
SELECT count(*) AS pairs FROM (SELECT DISTINCT srcaddr, dstaddr FROM flows_sample);
-- name: reduce-agg
SELECT reduce_agg(x, 0, (a, b) -> a + b, (a, b) -> a + b) FROM (VALUES 1, 2, 3) AS t(x);
-- name: nested-aggregate
SELECT max(count(*)) FROM words GROUP BY grp;
-- name: column-not-grouped
SELECT grp, id FROM words GROUP BY grp;
-- name: aggregate-in-where
SELECT grp FROM words WHERE count(*) > 1 GROUP BY grp;
-- name: having
SELECT grp, count(*) AS n FROM words GROUP BY grp HAVING count(*) > 1 AND max(id) > 5 ORDER BY grp;
-- name: having-without-group
SELECT count(*) AS n FROM words HAVING count(*) > 100;
-- name: having-alias
SELECT grp, count(*) AS n FROM words GROUP BY grp HAVING n > 1;
-- name: group-by-ordinal
SELECT grp, id % 2, count(*) FROM words GROUP BY 1, 2 ORDER BY 1, 2;
-- name: group-by-alias
SELECT id % 2 AS odd, count(*) FROM words GROUP BY odd;
-- name: group-by-expression
SELECT id % 2 AS odd, count(*) AS n FROM words GROUP BY id % 2 ORDER BY odd;
-- name: group-by-ordinal-out-of-range
SELECT grp FROM words GROUP BY 2;
-- name: order-by-aggregate
SELECT grp FROM words GROUP BY grp ORDER BY count(*) DESC, grp;
-- name: rollup
SELECT grp, odd, count(*) AS n FROM (SELECT grp, id % 2 AS odd FROM words WHERE grp IS NOT NULL) GROUP BY ROLLUP (grp, odd) ORDER BY grp, odd;
-- name: rollup-of-an-expression
SELECT grp, count(*) FROM words GROUP BY ROLLUP (grp, id % 2);
-- name: cube
SELECT grp, odd, count(*) AS n FROM (SELECT grp, id % 2 AS odd FROM words WHERE grp IN ('a', 'b')) GROUP BY CUBE (grp, odd) ORDER BY grp, odd;
-- name: grouping-sets
SELECT grp, word, count(*) AS n FROM words WHERE grp IN ('a', 'b') GROUP BY GROUPING SETS ((grp), (word), ()) ORDER BY grp, word, n;
-- name: grouping-function
SELECT action, protocol, grouping(action, protocol) AS g, sum(packets) AS packets FROM flows_sample WHERE protocol IN (6, 17) AND action = 'REJECT' GROUP BY CUBE (action, protocol) ORDER BY g, protocol;
-- name: group-by-all-rows
SELECT count(*) FROM words GROUP BY ();
-- name: rollup-of-nothing
SELECT grp, count(*) AS n FROM words WHERE id > 1000 GROUP BY ROLLUP (grp);
-- name: min-of-timestamps
SELECT min(ts), max(d), max(tz) FROM moments;
-- name: approx-most-frequent
SELECT approx_most_frequent(2, dstport, 100) FROM flows_sample WHERE dstport IN (22, 443);
