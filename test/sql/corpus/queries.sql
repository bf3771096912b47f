-- name: values-as-query
VALUES (1, 'a');
-- name: values-with-order
SELECT * FROM (VALUES (2, 'b'), (1, 'a'), (3, NULL)) AS t(n, s) ORDER BY n;
-- name: select-without-from
SELECT 1 AS one, 'a' AS a, true AS yes;
-- name: select-star-of-one
SELECT w.*, w.id * 2 AS twice FROM words w WHERE id = 1;
-- name: select-distinct
SELECT DISTINCT grp, word FROM words WHERE grp = 'a' ORDER BY grp, word;
-- name: distinct-order-by-other-column
SELECT DISTINCT grp FROM words ORDER BY id;
-- name: union-removes-doubles
SELECT grp FROM words UNION SELECT 'z' UNION SELECT NULL ORDER BY grp;
-- name: union-all
SELECT 1 AS n UNION ALL SELECT 1 UNION ALL SELECT NULL ORDER BY n;
-- name: union-mixed-types
SELECT 1 AS n UNION ALL SELECT 2.5 UNION ALL SELECT bigint '3' ORDER BY n;
-- name: union-of-text-and-number
SELECT 1 AS n UNION ALL SELECT 'a';
-- name: union-of-different-widths
SELECT 1, 2 UNION ALL SELECT 1;
-- name: intersect
SELECT grp FROM words WHERE id < 4 INTERSECT SELECT grp FROM words WHERE id > 3 ORDER BY 1;
-- name: intersect-matches-null
SELECT n FROM (VALUES 1, NULL) AS t(n) INTERSECT SELECT n FROM (VALUES NULL, 2) AS t(n);
-- name: except
SELECT grp FROM words EXCEPT SELECT grp FROM words WHERE grp = 'a' ORDER BY 1;
-- name: intersect-all
SELECT n FROM (VALUES 1, 1, 1, 2) AS t(n) INTERSECT ALL SELECT n FROM (VALUES 1, 1, 3) AS t(n) ORDER BY n;
-- name: except-all
SELECT n FROM (VALUES 1, 1, 2) AS t(n) EXCEPT ALL SELECT n FROM (VALUES 1) AS t(n) ORDER BY n;
-- name: union-before-intersect
SELECT 1 AS n UNION ALL SELECT 2 INTERSECT SELECT 2 ORDER BY n;
-- name: with-chain
WITH a AS (SELECT id FROM words WHERE grp = 'a'), b(n) AS (SELECT id * 10 FROM a) SELECT n FROM b ORDER BY n;
-- name: with-hides-a-table
WITH words AS (SELECT 42 AS id) SELECT id FROM words;
-- name: with-recursive
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 4) SELECT n FROM t ORDER BY n;
-- name: subquery-scalar
SELECT id, (SELECT max(id) FROM words) AS top FROM words WHERE id = (SELECT min(id) FROM words);
-- name: subquery-scalar-of-nothing
SELECT (SELECT n FROM nothing) AS n;
-- name: subquery-scalar-of-many
SELECT (SELECT id FROM words) AS n;
-- name: subquery-in
SELECT id FROM numbers WHERE id IN (SELECT id FROM words WHERE grp = 'b') ORDER BY id;
-- name: subquery-not-in
SELECT id FROM numbers WHERE id NOT IN (SELECT id FROM words WHERE grp = 'b') ORDER BY id;
-- name: subquery-exists
SELECT n.id FROM numbers n WHERE EXISTS (SELECT 1 FROM words w WHERE w.id = n.id AND w.word IS NULL) ORDER BY n.id;
-- name: subquery-not-exists
SELECT n.id FROM numbers n WHERE NOT EXISTS (SELECT 1 FROM words w WHERE w.id = n.id AND w.grp = 'a') ORDER BY n.id;
-- name: subquery-correlated
SELECT w.id, (SELECT count(*) FROM words v WHERE v.grp = w.grp) AS same FROM words w ORDER BY w.id;
-- name: subquery-correlated-aggregate
SELECT w.id FROM words w WHERE w.id = (SELECT max(v.id) FROM words v WHERE v.grp = w.grp) ORDER BY w.id;
-- name: subquery-lateral
SELECT w.id, t.twice FROM words w CROSS JOIN LATERAL (SELECT w.id * 2 AS twice) AS t WHERE w.id <= 2 ORDER BY w.id;
-- name: subquery-without-alias
SELECT n FROM (SELECT count(*) AS n FROM words);
-- name: limit
SELECT id FROM words ORDER BY id LIMIT 3;
-- name: limit-all
SELECT grp FROM words WHERE id = 1 ORDER BY id LIMIT ALL;
-- name: limit-zero
SELECT id FROM words ORDER BY id LIMIT 0;
-- name: offset
SELECT id FROM words ORDER BY id OFFSET 8;
-- name: offset-before-limit
SELECT id FROM words ORDER BY id OFFSET 2 LIMIT 3;
-- name: alias-hides-relation-in-order-by
SELECT w.id AS w FROM words w ORDER BY w.id;
-- name: limit-before-offset
SELECT id FROM words ORDER BY id LIMIT 3 OFFSET 2;
-- name: fetch-first
SELECT id FROM words ORDER BY id FETCH FIRST 2 ROWS ONLY;
-- name: fetch-first-with-ties
SELECT grp FROM words ORDER BY grp FETCH FIRST 1 ROW WITH TIES;
-- name: offset-fetch
SELECT id FROM words ORDER BY id OFFSET 3 ROWS FETCH NEXT 2 ROWS ONLY;
-- name: join-inner
SELECT a.id, n.name FROM words a JOIN addresses n ON a.id = n.id WHERE a.id <= 3 ORDER BY a.id;
-- name: join-left
SELECT n.id, w.word FROM numbers n LEFT JOIN words w ON w.id = n.id AND w.grp = 'b' ORDER BY n.id;
-- name: join-right
SELECT n.id AS number, w.id AS word_id FROM numbers n RIGHT JOIN words w ON w.id = n.id + 5 ORDER BY w.id;
-- name: join-full
SELECT a.x, b.y FROM (VALUES 1, 2) AS a(x) FULL JOIN (VALUES 2, 3) AS b(y) ON a.x = b.y ORDER BY a.x, b.y;
-- name: join-using
SELECT id, word, name FROM words JOIN addresses USING (id) WHERE id <= 2 ORDER BY id;
-- name: join-using-star
SELECT * FROM words JOIN numbers USING (id) WHERE id = 1;
-- name: join-full-using
SELECT x, a.p, b.q FROM (VALUES (1, 'a'), (2, 'b')) AS a(x, p) FULL JOIN (VALUES (2, 'c'), (3, 'd')) AS b(x, q) USING (x) ORDER BY x;
-- name: join-using-column-qualified
SELECT w.id FROM words w JOIN addresses n USING (id);
-- name: join-cross
SELECT a.x, b.y FROM (VALUES 1, 2) AS a(x) CROSS JOIN (VALUES 'p', 'q') AS b(y) ORDER BY a.x, b.y;
-- name: join-by-inequality
SELECT a.id, count(*) AS smaller FROM words a JOIN words b ON b.id < a.id GROUP BY a.id ORDER BY a.id;
-- name: join-ambiguous-column
SELECT id FROM words a JOIN words b ON a.id = b.id;
-- name: join-mixed-number-types
SELECT count(*) AS n FROM numbers a JOIN flows_sample f ON f.srcport = a.b;
-- name: missing-column
SELECT nowhere FROM words;
-- name: missing-table
SELECT 1 FROM nowhere;
-- name: missing-function
SELECT no_such_function(1);
-- name: alias-is-not-known-in-where
SELECT id * 2 AS twice FROM words WHERE twice > 4;
-- name: alias-is-not-known-beside
SELECT id AS a, a + 1 AS b FROM words;
-- name: alias-of-a-column-in-order-by
SELECT -id AS id FROM words WHERE id <= 3 ORDER BY id;
-- name: order-by-expression-of-a-column-and-alias
SELECT -id AS n FROM words WHERE id <= 3 ORDER BY -n;
-- name: keywords-as-names
SELECT t."end" - t.start AS duration, t."date" FROM flows_sample t ORDER BY t.start LIMIT 2;
-- name: comments-inside
SELECT 1 /* one */ + 2 -- two
 AS three;
-- name: double-quotes-are-names
SELECT "abc";
-- name: not-equal
SELECT 1 != 2, 1 <> 2, NOT 1 = 2;
-- name: operators-that-are-not-there
SELECT 5 ^ 2;
-- name: in-list-and-not
SELECT id FROM words WHERE id IN (1, 2, 99) AND NOT id = 2 ORDER BY id;
-- name: boolean-precedence
SELECT true OR false AND false, NOT true OR true, 1 + 2 * 3 - 4 / 2, -2 * -3;
-- name: concat-precedence
SELECT 'a' || CAST(1 + 2 AS varchar) || 'b', 'a' || 'b' = 'ab';
-- name: empty-result-has-columns
SELECT id, word, CAST(NULL AS timestamp(3)) AS t FROM words WHERE false;
-- name: count-over-union
SELECT kind, count(*) AS n FROM (SELECT 'w' AS kind FROM words UNION ALL SELECT 'n' FROM numbers) GROUP BY kind ORDER BY kind;
-- name: table-statement
TABLE nothing;
-- name: case-in-group-by
SELECT CASE WHEN id < 5 THEN 'low' ELSE 'high' END AS half, count(*) AS n FROM words GROUP BY CASE WHEN id < 5 THEN 'low' ELSE 'high' END ORDER BY half;
-- name: pivot-by-filter
SELECT grp, count(*) FILTER (WHERE word IS NULL) AS missing, max(word) FILTER (WHERE id > 1) AS top FROM words GROUP BY grp ORDER BY grp;
-- name: top-n-of-each-group
SELECT grp, id FROM (SELECT grp, id, rank() OVER (PARTITION BY grp ORDER BY id) AS r FROM words) AS t WHERE r <= 2 ORDER BY grp, id;
-- name: zero-division-in-unused-branch
SELECT id FROM numbers WHERE i <> 0 AND 10 / i > 0 ORDER BY id;
