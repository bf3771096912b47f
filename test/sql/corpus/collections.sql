-- name: array-starts-at-one
SELECT ARRAY[10, 20, 30][1], ARRAY['a', 'b'][2];
-- name: subscript-out-of-bounds
SELECT ARRAY[1, 2][3];
-- name: subscript-zero
SELECT ARRAY[1, 2][0];
-- name: subscript-negative
SELECT ARRAY[1, 2][-1];
-- name: element-at
SELECT element_at(ARRAY[1, 2, 3], 1), element_at(ARRAY[1, 2, 3], -1), element_at(ARRAY[1, 2, 3], 4), element_at(ARRAY[1, 2, 3], -4);
-- name: element-at-zero
SELECT element_at(ARRAY[1, 2], 0);
-- name: cardinality
SELECT cardinality(ARRAY[1, NULL]), cardinality(ARRAY[]), cardinality(MAP(ARRAY['a'], ARRAY[1])), cardinality(CAST(NULL AS array(integer)));
-- name: array-with-null-and-types
SELECT ARRAY[1, NULL, 3], ARRAY[1, 2.5], typeof(ARRAY[1, bigint '2']), ARRAY[];
-- name: array-concat
SELECT ARRAY[1] || ARRAY[2, 3], concat(ARRAY[1], ARRAY[2], ARRAY[3]), ARRAY[1] || 2, 0 || ARRAY[1];
-- name: array-compare
SELECT ARRAY[1, 2] = ARRAY[1, 2], ARRAY[1, 2] < ARRAY[1, 3], ARRAY[1] <> ARRAY[1, 2];
-- name: contains
SELECT contains(ARRAY[1, 2], 2), contains(ARRAY[1, 2], 3), contains(ARRAY[1, NULL], 3), contains(ARRAY['22', '80'], '22');
-- name: array-position
SELECT array_position(ARRAY['a', 'b', 'a'], 'a'), array_position(ARRAY[1, 2], 3), array_position(ARRAY[1, NULL], 1);
-- name: array-distinct
SELECT array_distinct(ARRAY[3, 1, 3, NULL, 1, NULL]);
-- name: array-union-intersect-except
SELECT array_sort(array_union(ARRAY[1, 2, 2], ARRAY[2, 3])), array_sort(array_intersect(ARRAY[1, 2, 2, 3], ARRAY[2, 3, 3])), array_except(ARRAY[1, 2, 2, 3], ARRAY[3]);
-- name: array-remove-and-overlap
SELECT array_remove(ARRAY[1, 2, 1], 1), arrays_overlap(ARRAY[1, 2], ARRAY[2, 3]), arrays_overlap(ARRAY[1], ARRAY[2]), arrays_overlap(ARRAY[1, NULL], ARRAY[2]);
-- name: array-min-and-max
SELECT array_max(ARRAY[1, 3, 2]), array_min(ARRAY['b', 'a']), array_max(ARRAY[1, NULL]), array_max(CAST(ARRAY[] AS array(integer)));
-- name: array-sum-by-reduce
SELECT reduce(ARRAY[5, 20, 50], 0, (s, x) -> s + x, s -> s), reduce(ARRAY[5, 20, NULL], 0, (s, x) -> s + coalesce(x, 0), s -> s * 10);
-- name: array-sort
SELECT array_sort(ARRAY[3, NULL, 1, 2]), array_sort(ARRAY['b', 'a', 'C']);
-- name: array-sort-lambda
SELECT array_sort(ARRAY[3, 2, 5, 1, 2], (x, y) -> IF(x < y, 1, IF(x = y, 0, -1)));
-- name: array-sort-lambda-of-other-numbers
SELECT array_sort(ARRAY['bbb', 'a', 'cccc'], (x, y) -> CAST(length(x) - length(y) AS integer));
-- name: array-sort-lambda-null
SELECT array_sort(ARRAY[3, NULL, 1], (x, y) -> CASE WHEN x IS NULL THEN -1 WHEN y IS NULL THEN 1 WHEN x < y THEN 1 WHEN x = y THEN 0 ELSE -1 END);
-- name: array-join
SELECT array_join(ARRAY[1, NULL, 3], ','), array_join(ARRAY['a', NULL, 'c'], '-', '?'), array_join(ARRAY[1.5e0, 2e0], ' '), array_join(CAST(ARRAY[] AS array(varchar)), ',');
-- name: slice
SELECT slice(ARRAY[1, 2, 3, 4], 2, 2), slice(ARRAY[1, 2, 3, 4], -2, 2), slice(ARRAY[1, 2], 2, 10), slice(ARRAY[1, 2], 5, 1);
-- name: slice-at-zero
SELECT slice(ARRAY[1, 2], 0, 1);
-- name: trim-array
SELECT trim_array(ARRAY[1, 2, 3], 1);
-- name: flatten
SELECT flatten(ARRAY[ARRAY[1, 2], NULL, ARRAY[], ARRAY[3]]);
-- name: flatten-is-one-level
SELECT flatten(ARRAY[ARRAY[ARRAY[1], ARRAY[2]], ARRAY[ARRAY[3]]]);
-- name: reverse-array
SELECT reverse(ARRAY[1, 2, NULL]);
-- name: repeat
SELECT repeat('a', 3), repeat(1, 0);
-- name: sequence-of-integers
SELECT sequence(1, 5), sequence(5, 1), sequence(1, 10, 3), sequence(10, 1, -4), sequence(3, 3);
-- name: sequence-wrong-way
SELECT sequence(1, 5, -1);
-- name: sequence-of-dates
SELECT sequence(date '2026-01-30', date '2026-02-02'), sequence(date '2026-02-01', date '2026-01-30'), sequence(date '2026-01-01', date '2026-01-15', interval '7' day), sequence(date '2026-01-31', date '2026-04-30', interval '1' month);
-- name: sequence-of-timestamps
SELECT sequence(timestamp '2026-01-01 00:00:00', timestamp '2026-01-01 02:00:00', interval '45' minute);
-- name: transform
SELECT transform(ARRAY[1, NULL, 3], x -> x * 2), transform(ARRAY['a', 'b'], x -> x || '!'), transform(CAST(ARRAY[] AS array(integer)), x -> x + 1);
-- name: transform-uses-outer-column
SELECT id, transform(ARRAY[1, 2], x -> x + id) AS sums FROM words WHERE id <= 2 ORDER BY id;
-- name: transform-nested
SELECT transform(ARRAY[ARRAY[1, 2], ARRAY[3]], a -> transform(a, x -> x + cardinality(a)));
-- name: filter-array
SELECT filter(ARRAY[5, -6, NULL, 7], x -> x > 0), filter(ARRAY[1, NULL], x -> x IS NOT NULL), filter(ARRAY[1, 2], x -> false);
-- name: match-functions
SELECT any_match(ARRAY[1, 2], x -> x > 1), all_match(ARRAY[1, 2], x -> x > 1), none_match(ARRAY[1, 2], x -> x > 2);
-- name: match-functions-empty-and-null
SELECT any_match(ARRAY[], x -> true), all_match(ARRAY[], x -> false), any_match(ARRAY[1, NULL], x -> x > 1), all_match(ARRAY[1, NULL], x -> x > 0), none_match(ARRAY[1, NULL], x -> x > 1);
-- name: zip
SELECT zip(ARRAY[1, 2], ARRAY['a', 'b', 'c']);
-- name: zip-with
SELECT zip_with(ARRAY[1, 2], ARRAY[10, 20], (x, y) -> x + y), zip_with(ARRAY[1, 2, 3], ARRAY['a'], (x, y) -> coalesce(y, CAST(x AS varchar)));
-- name: ngrams-and-combinations
SELECT ngrams(ARRAY['a', 'b', 'c'], 2), combinations(ARRAY[1, 2, 3], 2);
-- name: map-literal-and-lookup
SELECT MAP(ARRAY['a', 'b'], ARRAY[1, 2]), MAP(ARRAY['a', 'b'], ARRAY[1, 2])['b'], element_at(MAP(ARRAY['a'], ARRAY[1]), 'x'), MAP();
-- name: map-lookup-missing
SELECT MAP(ARRAY['a', 'b'], ARRAY[1, 2])['x'];
-- name: map-duplicate-keys
SELECT MAP(ARRAY['a', 'a'], ARRAY[1, 2]);
-- name: map-null-key
SELECT MAP(ARRAY['a', NULL], ARRAY[1, 2]);
-- name: map-keys-and-values
SELECT array_sort(map_keys(MAP(ARRAY['b', 'a'], ARRAY[1, 2]))), array_sort(map_values(MAP(ARRAY['b', 'a'], ARRAY[1, 2]))), cardinality(map_entries(MAP(ARRAY['a'], ARRAY[1])));
-- name: map-entries
SELECT map_entries(MAP(ARRAY['a'], ARRAY[1])), map_from_entries(ARRAY[ROW('x', 1), ROW('y', NULL)]);
-- name: map-concat
SELECT map_concat(MAP(ARRAY['a', 'b'], ARRAY[1, 2]), MAP(ARRAY['b'], ARRAY[9]));
-- name: map-filter-and-transform
SELECT map_filter(MAP(ARRAY['a', 'b'], ARRAY[1, 2]), (k, v) -> v > 1), transform_values(MAP(ARRAY['a', 'b'], ARRAY[1, 2]), (k, v) -> v * 10), transform_keys(MAP(ARRAY['a'], ARRAY[1]), (k, v) -> k || CAST(v AS varchar));
-- name: map-zip-with
SELECT map_zip_with(MAP(ARRAY['a', 'b'], ARRAY[1, 2]), MAP(ARRAY['b', 'c'], ARRAY[3, 4]), (k, x, y) -> coalesce(x, 0) + coalesce(y, 0));
-- name: map-number-keys
SELECT MAP(ARRAY[22, 443], ARRAY['ssh', 'https'])[443], map_keys(MAP(ARRAY[22], ARRAY['ssh']));
-- name: map-equality
SELECT MAP(ARRAY['a', 'b'], ARRAY[1, 2]) = MAP(ARRAY['b', 'a'], ARRAY[2, 1]);
-- name: unnest-array
SELECT x FROM UNNEST(ARRAY[3, 1, NULL]) AS t(x) ORDER BY x;
-- name: unnest-ordinality
SELECT n, x FROM UNNEST(ARRAY['b', 'a', 'b']) WITH ORDINALITY AS t(x, n) ORDER BY n;
-- name: unnest-several-arrays
SELECT n, x, y FROM UNNEST(ARRAY[1, 2, 3], ARRAY['a', 'b']) WITH ORDINALITY AS t(x, y, n) ORDER BY n;
-- name: unnest-map
SELECT k, v FROM UNNEST(MAP(ARRAY['b', 'a'], ARRAY[1, 2])) AS t(k, v) ORDER BY k;
-- name: unnest-map-and-array
SELECT k, v, x FROM UNNEST(MAP(ARRAY['a'], ARRAY[1]), ARRAY[7, 8]) AS t(k, v, x) ORDER BY x;
-- name: cross-join-unnest
SELECT id, part FROM addresses CROSS JOIN UNNEST(split(addr, '.')) WITH ORDINALITY AS t(part, n) WHERE id <= 2 ORDER BY id, n;
-- name: cross-join-unnest-drops-empty
SELECT w.id, x FROM words w CROSS JOIN UNNEST(filter(ARRAY[1, 2], x -> x < w.id)) AS t(x) WHERE w.id <= 2 ORDER BY w.id, x;
-- name: comma-unnest
SELECT id, x FROM words, UNNEST(ARRAY[id, id * 10]) AS t(x) WHERE id <= 2 ORDER BY id, x;
-- name: left-join-unnest
SELECT w.id, x FROM words w LEFT JOIN UNNEST(filter(ARRAY[1, 2], x -> x < w.id)) AS t(x) ON true WHERE w.id <= 2 ORDER BY w.id, x;
-- name: unnest-rows
SELECT x, y FROM UNNEST(ARRAY[ROW(1, 'a'), ROW(2, 'b')]) AS t(x, y) ORDER BY x;
-- name: unnest-null
SELECT x FROM UNNEST(CAST(NULL AS array(integer))) AS t(x);
-- name: unnest-sequence-of-dates
SELECT CAST(day AS varchar) AS day FROM UNNEST(sequence(date '2026-02-27', date '2026-03-01')) AS t(day) ORDER BY day;
-- name: row-literal
SELECT ROW(1, 'a'), typeof(ROW(1, 'a')), ROW(1, NULL);
-- name: row-fields-by-cast
SELECT CAST(ROW(1, 'a') AS row(x integer, y varchar)).x, CAST(ROW(1, 'a') AS row(x integer, y varchar)).y;
-- name: row-fields-by-number
SELECT ROW(7, 'a')[1], ROW(7, 'a')[2];
-- name: row-fields-of-a-relation
SELECT r.x + 1 AS x1, r.y FROM (SELECT CAST(ROW(1, 'a') AS row(x integer, y varchar)) AS r) AS t;
-- name: row-compare
SELECT ROW(1, 2) = ROW(1, 2), ROW(1, 2) < ROW(1, 3), (1, 2) IN (VALUES (1, 2), (3, 4)), ROW(1, NULL) = ROW(1, 2);
-- name: tuple-in-list
SELECT id FROM numbers WHERE (id, i) IN ((1, 7), (2, 7)) ORDER BY id;
-- name: array-of-rows
SELECT transform(ARRAY[ROW(1, 'a'), ROW(2, 'b')], r -> r[2]), element_at(ARRAY[CAST(ROW(1, 'a') AS row(x integer, y varchar))], 1).y;
-- name: array-agg-of-rows
SELECT array_agg(ROW(id, word) ORDER BY id) FROM words WHERE id <= 2;
-- name: any-and-all-comparisons
SELECT 2 = ANY (VALUES 1, 2), 2 > ALL (VALUES 0, 1), 2 <> ALL (VALUES 2);
-- name: array-histogram
SELECT array_histogram(ARRAY['a', 'b', 'a', NULL]);
-- name: dot-product-and-cosine
SELECT dot_product(ARRAY[1e0, 2e0], ARRAY[3e0, 4e0]), round(cosine_similarity(ARRAY[1e0, 0e0], ARRAY[1e0, 1e0]), 9);
-- name: json-extract-scalar
SELECT json_extract_scalar('{"a": {"b": [1, "x", true, null]}}', '$.a.b[1]'), json_extract_scalar('{"a": 1.5}', '$.a'), json_extract_scalar('{"a": [1]}', '$.a'), json_extract_scalar('{"a": 1}', '$.b'), json_extract_scalar('{"a": true}', '$.a'), json_extract_scalar('{"a": null}', '$.a');
-- name: json-extract-scalar-damaged
SELECT json_extract_scalar('{"a": ', '$.a'), json_extract_scalar('', '$.a');
-- name: json-extract
SELECT json_extract('{"a": {"b": [1, 2]}}', '$.a'), json_extract('{"a": "x"}', '$.a'), json_extract('{"a": 1}', '$["a"]'), json_extract('{"a": 1}', '$.b');
-- name: json-wrong-path
SELECT json_extract('{"a": 1}', 'a');
-- name: json-parse-and-format
SELECT json_format(json_parse('{"b": 1,  "a": [1, 2.50, "x"]}')), json_format(json_extract('{"a": {"x":  1}}', '$.a')), typeof(json_parse('1'));
-- name: json-parse-damaged
SELECT json_parse('{"a": ');
-- name: json-cast-to-array
SELECT CAST(json_parse('[1, 2, null]') AS array(integer)), CAST(json_parse('{"a": 1}') AS map(varchar, integer)), CAST(json_parse('"x"') AS varchar), CAST(json_parse('12') AS bigint);
-- name: json-cast-to-row
SELECT CAST(json_parse('{"x": 1, "y": "a"}') AS row(x integer, y varchar)).y;
-- name: cast-to-json
SELECT json_format(CAST(ARRAY[1, NULL, 3] AS json)), json_format(CAST('a"b' AS json)), json_format(CAST(MAP(ARRAY['k'], ARRAY[1.5e0]) AS json)), json_format(CAST(ROW(1, 'x') AS json));
-- name: json-array-functions
SELECT json_array_length('[1, [2], 3]'), json_array_get('[1, "x", 3]', 1), json_array_contains('[1, 2]', 2), json_size('{"a": {"x": 1, "y": 2}}', '$.a');
-- name: json-is-scalar
SELECT is_json_scalar('1'), is_json_scalar('[1]');
-- name: json-value-and-query
SELECT json_value('{"a": 1}', 'lax $.a'), json_query('{"a": [1, 2]}', 'lax $.a'), json_exists('{"a": 1}', 'lax $.b');
