-- name: integer-division-truncates
SELECT 7 / 2, -7 / 2, 7 / -2, -7 / -2;
-- name: integer-division-of-columns
SELECT id, i / 2 AS half, b / 2 AS b_half FROM numbers WHERE id <= 3 ORDER BY id;
-- name: integer-division-by-zero
SELECT 1 / 0;
-- name: modulo-by-zero
SELECT 1 % 0;
-- name: division-by-zero-in-a-row
SELECT 10 / i FROM numbers WHERE id <= 3;
-- name: double-division-by-zero
SELECT 1e0 / 0, -1e0 / 0, 0e0 / 0;
-- name: decimal-division-by-zero
SELECT 1.0 / 0;
-- name: bigint-divided-by-double
SELECT bigint '7' / 2e0, 7 / 2.0;
-- name: modulo-takes-sign-of-dividend
SELECT 7 % 3, -7 % 3, 7 % -3, -7 % -3, mod(-7, 3);
-- name: modulo-of-doubles
SELECT 7.5e0 % 2, mod(-7.5e0, 2e0);
-- name: modulo-of-decimals
SELECT 7.5 % 2, -7.25 % 2.0;
-- name: unary-minus
SELECT -i AS negated, - - i AS twice FROM numbers WHERE id = 1;
-- name: minus-binds-before-modulo
SELECT -5 % 3, -(5 % 3), 2 - -3;
-- name: integer-overflow
SELECT i + 1 FROM numbers WHERE id = 5;
-- name: bigint-overflow-plus
SELECT b + 1 FROM numbers WHERE id = 5;
-- name: bigint-overflow-times
SELECT b * 2 FROM numbers WHERE id = 5;
-- name: bigint-overflow-negate
SELECT -b FROM numbers WHERE id = 6;
-- name: integer-times-integer-overflows
SELECT 100000 * 100000;
-- name: bigint-beyond-double
SELECT b, b - 1 AS less FROM numbers WHERE id IN (5, 7) ORDER BY id;
-- name: integer-literal-types
SELECT typeof(1), typeof(2147483648), typeof(1.5), typeof(1e0), typeof(1 + bigint '1'), typeof(smallint '1');
-- name: decimal-literal-types
SELECT typeof(1.50), typeof(123.456), typeof(.5), typeof(1.5 + 2.25), typeof(1.5 * 2.25), typeof(1.5 / 2.25);
-- name: decimal-division-scale
SELECT 1.0 / 3, 10.00 / 3.0, 1 / 3.000, -1.0 / 3;
-- name: decimal-times
SELECT 1.50 * 1.50, 2 * 1.5;
-- name: decimal-plus-integer
SELECT 1.5 + 1, m + 1 AS m1 FROM numbers WHERE id = 1;
-- name: decimal-plus-double
SELECT 1.5 + 1e0, typeof(1.5 + 1e0);
-- name: round-half-away-from-zero
SELECT round(2.5), round(-2.5), round(2.5e0), round(-2.5e0), round(3.5e0), round(0.5e0);
-- name: round-digits
SELECT round(2.345e0, 2), round(-2.345e0, 2), round(2.345, 2), round(1234.5e0, -2), round(1250, -2), round(bigint '-1250', -2);
-- name: round-types
SELECT typeof(round(5)), typeof(round(2.5)), typeof(round(2.5e0)), typeof(round(2.345, 2)), typeof(round(bigint '5', -1));
-- name: round-real
SELECT round(real '2.55', 1), typeof(round(real '2.5'));
-- name: truncate-numbers
SELECT truncate(2.9e0), truncate(-2.9e0), truncate(2.987, 2), truncate(-2.9);
-- name: ceiling-and-floor
SELECT ceiling(2.1e0), floor(-2.1e0), ceil(-2.9e0), ceiling(2.1), floor(-2.1), floor(7);
-- name: ceiling-and-floor-types
SELECT typeof(ceiling(2.1e0)), typeof(ceiling(2.1)), typeof(floor(7)), typeof(floor(bigint '7'));
-- name: abs-and-sign
SELECT abs(-5), abs(-2.5), abs(-2.5e0), sign(-3), sign(0), sign(2.5e0), sign(-2.5);
-- name: abs-of-least-bigint
SELECT abs(b) FROM numbers WHERE id = 6;
-- name: power-is-double
SELECT power(2, 10), pow(2, -1), typeof(power(2, 2));
-- name: sqrt-and-cbrt
SELECT sqrt(16), sqrt(-1), cbrt(27);
-- name: logarithms
SELECT ln(1), log(2, 8), log2(8), log10(1000), ln(0);
-- name: exp-and-constants
SELECT exp(0), round(e(), 6), round(pi(), 6);
-- name: infinity-and-nan
SELECT infinity(), -infinity(), nan(), is_nan(nan()), is_infinite(infinity()), is_finite(1);
-- name: nan-compares
SELECT nan() = nan(), nan() > 1, nan() <> nan();
-- name: width-bucket
SELECT width_bucket(5.0, 0, 10, 4), width_bucket(-1, 0, 10, 4), width_bucket(10, 0, 10, 4), width_bucket(3e0, ARRAY[0e0, 2e0, 4e0]);
-- name: bitwise-functions
SELECT bitwise_and(19, 2), bitwise_or(16, 3), bitwise_xor(19, 2), bitwise_not(19);
-- name: bitwise-functions-type
SELECT typeof(bitwise_and(19, 2));
-- name: bitwise-shifts
SELECT bitwise_left_shift(1, 5), bitwise_right_shift(-8, 1), bitwise_right_shift_arithmetic(-8, 1), bitwise_left_shift(bigint '1', 63);
-- name: bit-count
SELECT bit_count(19, 64), bit_count(-1, 64), bit_count(7, 8);
-- name: greatest-and-least
SELECT greatest(1, 2, 3), least(1, 2, 3), greatest('a', 'b'), greatest(1, 2.5);
-- name: greatest-and-least-null
SELECT greatest(1, NULL), least(NULL, 1), greatest(CAST(NULL AS bigint), 5);
-- name: arithmetic-with-null
SELECT 1 + NULL, NULL * 0, -CAST(NULL AS integer);
-- name: real-and-double
SELECT r, CAST(r AS double) AS d FROM numbers WHERE id IN (1, 7) ORDER BY id;
-- name: real-plus-real
SELECT real '0.1' + real '0.2', typeof(real '0.1' + 1), real '16777216' + real '1';
-- name: double-sum
SELECT 0.1e0 + 0.2e0, 0.1 + 0.2;
-- name: between-inclusive
SELECT 5 BETWEEN 5 AND 6, 7 NOT BETWEEN 5 AND 6, NULL BETWEEN 1 AND 2;
-- name: bases
SELECT from_base('ff', 16), from_base('-101', 2), to_base(255, 16), to_base(-5, 2);
