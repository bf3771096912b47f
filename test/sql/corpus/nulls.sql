-- name: coalesce
SELECT coalesce(NULL, 1, 2), coalesce(NULL, NULL), coalesce('', 'x');
-- name: coalesce-is-lazy
SELECT coalesce(1, 1 / 0);
-- name: coalesce-mixed-types
SELECT coalesce(NULL, 1, 2.5), typeof(coalesce(1, bigint '2'));
-- name: nullif
SELECT nullif(1, 1), nullif(1, 2), nullif(NULL, 1), nullif('a', 'b'), nullif(1, NULL);
-- name: null-compares
SELECT NULL = NULL, 1 = NULL, NULL <> 1, NULL IS NULL, 1 IS NOT NULL;
-- name: is-distinct-from
SELECT 1 IS DISTINCT FROM NULL, NULL IS DISTINCT FROM NULL, 1 IS NOT DISTINCT FROM 1, NULL IS NOT DISTINCT FROM NULL;
-- name: three-valued-logic
SELECT NULL AND false, NULL AND true, NULL OR true, NULL OR false, NOT CAST(NULL AS boolean);
-- name: in-with-null
SELECT 1 IN (1, NULL), 2 IN (1, NULL), 2 NOT IN (1, NULL), NULL IN (1, 2), 1 NOT IN (2, 3);
-- name: not-in-subquery-with-null
SELECT id FROM words WHERE grp NOT IN (SELECT grp FROM words WHERE id IN (3, 7)) ORDER BY id;
-- name: order-ascending-nulls-last
SELECT id, word FROM words ORDER BY word ASC, id;
-- name: order-descending-nulls-last
SELECT id, word FROM words ORDER BY word DESC, id;
-- name: order-nulls-first
SELECT id, word FROM words ORDER BY word NULLS FIRST, id DESC;
-- name: order-descending-nulls-first
SELECT id, i FROM numbers ORDER BY i DESC NULLS FIRST, id;
-- name: order-descending-nulls-last-asked
SELECT id, i FROM numbers ORDER BY i DESC NULLS LAST, id;
-- name: order-by-alias-ordinal-expression
SELECT id, b % 3 AS rest FROM numbers ORDER BY 2 DESC, rest, -id;
-- name: order-of-doubles
SELECT x FROM (VALUES 1e0, nan(), infinity(), -infinity(), NULL, -0.5e0) AS t(x) ORDER BY x;
-- name: order-of-doubles-descending
SELECT x FROM (VALUES 1e0, nan(), infinity(), -infinity(), NULL) AS t(x) ORDER BY x DESC;
-- name: order-of-booleans
SELECT x FROM (VALUES true, NULL, false) AS t(x) ORDER BY x;
-- name: order-of-arrays
SELECT x FROM (VALUES ARRAY[1, 2], ARRAY[1], ARRAY[0, 9], ARRAY[2]) AS t(x) ORDER BY x;
-- name: group-by-null-is-a-group
SELECT grp, count(*) AS n, count(word) AS words FROM words GROUP BY grp ORDER BY grp;
-- name: distinct-null
SELECT DISTINCT grp FROM words ORDER BY grp NULLS FIRST;
-- name: count-distinct-skips-null
SELECT count(DISTINCT word) AS words, count(word) AS filled, count(*) AS n, count(1) AS ones FROM words;
-- name: join-null-matches-nothing
SELECT count(*) AS n FROM words a JOIN words b ON a.word = b.word;
-- name: case-searched
SELECT id, CASE WHEN i > 0 THEN 'plus' WHEN i < 0 THEN 'minus' WHEN i IS NULL THEN 'null' ELSE 'zero' END AS sign FROM numbers ORDER BY id;
-- name: case-simple
SELECT CASE 2 WHEN 1 THEN 'one' WHEN 2 THEN 'two' END, CASE 3 WHEN 1 THEN 'one' END, CASE NULL WHEN NULL THEN 'same' ELSE 'not' END;
-- name: case-mixed-types
SELECT CASE WHEN true THEN 1 ELSE 2.5 END, typeof(CASE WHEN true THEN 1 ELSE bigint '2' END);
-- name: case-mixed-text-and-number
SELECT CASE WHEN true THEN 1 ELSE 'a' END;
-- name: case-is-lazy
SELECT CASE WHEN i = 0 THEN NULL ELSE 10 / i END AS q FROM numbers WHERE id <= 3 ORDER BY id;
-- name: if-two-and-three
SELECT if(1 > 2, 'a'), if(1 < 2, 'a'), if(NULL, 'a', 'b'), if(2 > 1, 1, 2);
-- name: if-nested
SELECT id, if(i IS NULL, 'none', if(i > 0, 'plus', if(i = 0, 'zero', 'minus'))) AS sign FROM numbers ORDER BY id;
-- name: null-in-between-and-like
SELECT NULL BETWEEN 1 AND 2, 5 BETWEEN NULL AND 3, 'a' LIKE NULL;
-- name: try-coalesce-null
SELECT coalesce(try(element_at(ARRAY[1], 2)), 0), coalesce(try(ARRAY[1][2]), 0);
-- name: boolean-where-null
SELECT count(*) AS n FROM words WHERE word <> 'apple';
-- name: not-null-condition
SELECT count(*) AS n FROM words WHERE NOT (word = 'apple');
