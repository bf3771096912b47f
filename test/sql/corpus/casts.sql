-- name: cast-double-to-integer-rounds
SELECT CAST(2.5e0 AS integer), CAST(3.5e0 AS integer), CAST(-2.5e0 AS integer), CAST(2.4e0 AS bigint), CAST(-0.5e0 AS bigint);
-- name: cast-decimal-to-integer-rounds
SELECT CAST(2.5 AS integer), CAST(3.5 AS integer), CAST(-2.5 AS bigint), CAST(2.49 AS bigint);
-- name: cast-double-column-to-bigint
SELECT id, CAST(d AS bigint) AS n FROM numbers ORDER BY id;
-- name: cast-double-out-of-range
SELECT CAST(1e10 AS integer);
-- name: cast-nan-to-integer
SELECT CAST(nan() AS integer);
-- name: cast-bigint-to-integer-out-of-range
SELECT CAST(b AS integer) FROM numbers WHERE id = 7;
-- name: cast-integer-to-tinyint-out-of-range
SELECT CAST(300 AS tinyint);
-- name: cast-text-to-integer
SELECT CAST('42' AS integer), CAST('-7' AS bigint), CAST('9007199254740993' AS bigint);
-- name: cast-letters-to-integer
SELECT CAST('abc' AS integer);
-- name: cast-empty-to-integer
SELECT CAST('' AS bigint);
-- name: cast-blank-padded-to-integer
SELECT TRY_CAST(' 42' AS integer), TRY_CAST('42 ' AS bigint), TRY_CAST('+42' AS bigint);
-- name: cast-decimal-text-to-integer
SELECT TRY_CAST('2.5' AS integer), TRY_CAST('1e3' AS bigint);
-- name: cast-text-to-double
SELECT CAST('2.5' AS double), CAST('1e3' AS double), CAST('NaN' AS double), CAST('Infinity' AS double), TRY_CAST('x' AS double);
-- name: cast-text-to-double-padded
SELECT TRY_CAST(' 2.5 ' AS double), TRY_CAST('' AS double);
-- name: try-cast
SELECT TRY_CAST('abc' AS integer), TRY_CAST('12' AS integer), TRY_CAST('2026-13-01' AS date), TRY_CAST(300 AS tinyint);
-- name: try-division
SELECT try(1 / 0), try(10 / 2), coalesce(try(CAST('x' AS bigint)), -1);
-- name: cast-integer-to-varchar
SELECT CAST(42 AS varchar), CAST(-7 AS varchar), CAST(bigint '9223372036854775807' AS varchar);
-- name: cast-double-to-varchar
SELECT CAST(1e10 AS varchar), CAST(0.1e0 AS varchar), CAST(100e0 AS varchar), CAST(1e0 / 3 AS varchar), CAST(-0.001e0 AS varchar), CAST(1e-7 AS varchar), CAST(123456789.5e0 AS varchar);
-- name: cast-double-thresholds-to-varchar
SELECT CAST(9999999e0 AS varchar), CAST(1e7 AS varchar), CAST(0.001e0 AS varchar), CAST(0.0009e0 AS varchar), CAST(0e0 AS varchar);
-- name: cast-infinite-to-varchar
SELECT CAST(infinity() AS varchar), CAST(nan() AS varchar), CAST(-infinity() AS varchar);
-- name: cast-real-to-varchar
SELECT id, CAST(r AS varchar) AS t FROM numbers ORDER BY id;
-- name: cast-decimal-to-varchar
SELECT CAST(1.50 AS varchar), CAST(-0.01 AS varchar), CAST(m AS varchar) FROM numbers WHERE id = 5;
-- name: cast-boolean-to-varchar
SELECT CAST(true AS varchar), CAST(false AS varchar);
-- name: cast-to-boolean
SELECT CAST('true' AS boolean), CAST('F' AS boolean), CAST('1' AS boolean), CAST(0 AS boolean), CAST(2 AS boolean), TRY_CAST('yes' AS boolean);
-- name: cast-boolean-to-number
SELECT CAST(true AS integer), CAST(false AS double);
-- name: cast-to-short-varchar-truncates
SELECT CAST('abcdef' AS varchar(3)), CAST('ab' AS varchar(3)), length(CAST('abcdef' AS varchar(4)));
-- name: cast-number-to-short-varchar
SELECT CAST(12345 AS varchar(3));
-- name: cast-to-char-pads
SELECT CAST('ab' AS char(4)), length(CAST('ab' AS char(4))), CAST('ab' AS char(4)) = 'ab';
-- name: cast-to-decimal-rounds
SELECT CAST(2.345e0 AS decimal(10, 2)), CAST('2.345' AS decimal(10, 2)), CAST(2.345 AS decimal(10, 2)), CAST(-2.5 AS decimal(5, 0)), CAST(7 AS decimal(5, 2));
-- name: cast-to-decimal-overflow
SELECT CAST(1000 AS decimal(5, 2));
-- name: cast-bigint-to-double-rounds
SELECT CAST(b AS double) AS d FROM numbers WHERE id = 7;
-- name: cast-date-to-varchar
SELECT CAST(date '2026-01-05' AS varchar);
-- name: cast-timestamp-to-varchar
SELECT CAST(timestamp '2026-01-05 01:02:03' AS varchar), CAST(timestamp '2026-01-05 01:02:03.100' AS varchar), CAST(ts AS varchar) FROM moments WHERE id = 2;
-- name: cast-timestamptz-to-varchar
SELECT id, CAST(tz AS varchar) AS t FROM moments ORDER BY id;
-- name: cast-text-to-date
SELECT CAST('2026-01-05' AS date), date('2026-01-05'), TRY_CAST('2026-1-5' AS date), TRY_CAST('2026/01/05' AS date), TRY_CAST('20260105' AS date);
-- name: cast-wrong-text-to-date
SELECT CAST('2026-02-30' AS date);
-- name: cast-text-to-timestamp
SELECT CAST('2026-01-05 01:02:03' AS timestamp), CAST('2026-01-05' AS timestamp), CAST('2026-01-05 01:02:03.123456' AS timestamp(6)), TRY_CAST('2026-01-05T01:02:03' AS timestamp), TRY_CAST('2026-01-05T01:02:03Z' AS timestamp);
-- name: cast-timestamp-to-date
SELECT id, CAST(ts AS date) AS d FROM moments ORDER BY id;
-- name: cast-timestamptz-to-date
SELECT id, CAST(tz AS date) AS d FROM moments ORDER BY id;
-- name: cast-date-to-timestamp
SELECT CAST(date '2026-01-05' AS timestamp), CAST(date '2026-01-05' AS timestamp with time zone);
-- name: cast-timestamptz-to-timestamp
SELECT id, CAST(tz AS timestamp) AS t FROM moments ORDER BY id;
-- name: cast-timestamp-precision
SELECT CAST(timestamp '2026-01-05 01:02:03.9996' AS timestamp(3)), CAST(timestamp '2026-01-05 01:02:03.5' AS timestamp(0)), typeof(timestamp '2026-01-05 01:02:03.9996');
-- name: cast-time
SELECT CAST('01:02:03' AS time), CAST(timestamp '2026-01-05 01:02:03.456' AS time), time '01:02:03.5';
-- name: cast-array
SELECT CAST(ARRAY['1', '2'] AS array(bigint)), CAST(ARRAY[1, NULL] AS array(varchar));
-- name: cast-map
SELECT CAST(MAP(ARRAY['a'], ARRAY[1]) AS map(varchar, varchar));
-- name: typeof-many
SELECT typeof('abc'), typeof(NULL), typeof(true), typeof(ARRAY[1]), typeof(MAP(ARRAY['a'], ARRAY[1e0])), typeof(date '2026-01-01'), typeof(current_timezone());
-- name: typeof-columns
SELECT typeof(srcaddr), typeof(srcport), typeof(bytes), typeof("date") FROM flows_sample WHERE start = 1768003200;
-- name: compare-text-with-number
SELECT '1' = 1;
-- name: compare-integer-with-double
SELECT 1 = 1e0, bigint '9007199254740993' = 9007199254740992e0, 1.0 = 1;
-- name: text-plus-number
SELECT '1' + 1;
