-- name: row-number-rank-dense-rank
SELECT id, row_number() OVER (ORDER BY word, id) AS n, rank() OVER (ORDER BY word) AS r, dense_rank() OVER (ORDER BY word) AS d FROM words ORDER BY id;
-- name: row-number-by-partition
SELECT id, grp, row_number() OVER (PARTITION BY grp ORDER BY id DESC) AS n FROM words ORDER BY id;
-- name: rank-orders-null-last
SELECT id, rank() OVER (ORDER BY i) AS up, rank() OVER (ORDER BY i DESC) AS down FROM numbers ORDER BY id;
-- name: lag-and-lead
SELECT id, lag(id) OVER (ORDER BY id) AS before, lead(id, 2) OVER (ORDER BY id) AS after, lag(id, 1, -1) OVER (ORDER BY id) AS filled FROM words WHERE id <= 4 ORDER BY id;
-- name: lag-ignore-nulls
SELECT id, lag(word) IGNORE NULLS OVER (ORDER BY id) AS w, lag(word) OVER (ORDER BY id) AS v FROM words ORDER BY id;
-- name: lag-zero
SELECT id, lag(id, 0) OVER (ORDER BY id) AS same FROM words WHERE id <= 2 ORDER BY id;
-- name: first-and-last-value-default-frame
SELECT id, first_value(id) OVER (ORDER BY id) AS f, last_value(id) OVER (ORDER BY id) AS l FROM words WHERE id <= 4 ORDER BY id;
-- name: last-value-of-peers
SELECT id, grp, last_value(grp) OVER (ORDER BY grp) AS l, count(*) OVER (ORDER BY grp) AS n FROM words ORDER BY id;
-- name: last-value-whole-frame
SELECT id, last_value(id) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS l FROM words WHERE id <= 3 ORDER BY id;
-- name: first-value-ignore-nulls
SELECT id, first_value(word) IGNORE NULLS OVER (ORDER BY id DESC ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS f FROM words WHERE id IN (5, 6) ORDER BY id;
-- name: nth-value
SELECT id, nth_value(id, 2) OVER (ORDER BY id) AS second FROM words WHERE id <= 3 ORDER BY id;
-- name: ntile
SELECT id, ntile(3) OVER (ORDER BY id) AS tile FROM words ORDER BY id;
-- name: percent-rank-and-cume-dist
SELECT id, percent_rank() OVER (ORDER BY id) AS p, cume_dist() OVER (ORDER BY id) AS c FROM words WHERE id <= 4 ORDER BY id;
-- name: running-sum
SELECT id, sum(id) OVER (ORDER BY id) AS running, sum(id) OVER () AS total FROM words WHERE id <= 4 ORDER BY id;
-- name: sum-over-rows-between
SELECT id, sum(id) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS near, sum(id) OVER (ORDER BY id ROWS 2 PRECEDING) AS last3 FROM words WHERE id <= 5 ORDER BY id;
-- name: sum-over-following-rows
SELECT id, sum(id) OVER (ORDER BY id ROWS BETWEEN 1 FOLLOWING AND 2 FOLLOWING) AS next2 FROM words WHERE id <= 4 ORDER BY id;
-- name: sum-range-by-peers
SELECT id, grp, sum(id) OVER (ORDER BY grp RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS s FROM words ORDER BY id;
-- name: sum-range-between-numbers
SELECT id, count(*) OVER (ORDER BY id RANGE BETWEEN 2 PRECEDING AND CURRENT ROW) AS n FROM words WHERE id <> 4 ORDER BY id;
-- name: count-range-between-interval
SELECT id, count(*) OVER (ORDER BY ts RANGE BETWEEN interval '1' hour PRECEDING AND CURRENT ROW) AS n FROM moments WHERE ts IS NOT NULL ORDER BY id;
-- name: count-range-between-interval-of-days
SELECT id, count(*) OVER (ORDER BY d RANGE BETWEEN interval '31' day PRECEDING AND interval '1' day FOLLOWING) AS n FROM moments WHERE d IS NOT NULL ORDER BY id;
-- name: groups-frame
SELECT id, count(*) OVER (ORDER BY grp GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW) AS n FROM words ORDER BY id;
-- name: window-of-aggregate
SELECT grp, count(*) AS n, sum(count(*)) OVER (ORDER BY grp) AS running, rank() OVER (ORDER BY count(*) DESC) AS r FROM words GROUP BY grp ORDER BY grp;
-- name: window-share-of-total
SELECT grp, count(*) * 100e0 / sum(count(*)) OVER () AS percent FROM words GROUP BY grp ORDER BY grp;
-- name: named-window
SELECT id, sum(id) OVER w AS s, count(*) OVER (w ROWS 1 PRECEDING) AS n FROM words WHERE id <= 3 WINDOW w AS (ORDER BY id) ORDER BY id;
-- name: window-filter-is-not-supported
SELECT id, count(*) FILTER (WHERE word IS NOT NULL) OVER (ORDER BY id) AS words FROM words ORDER BY id;
-- name: window-over-empty-frame
SELECT id, max(id) OVER (ORDER BY id ROWS BETWEEN 3 FOLLOWING AND 4 FOLLOWING) AS m FROM words WHERE id <= 4 ORDER BY id;
-- name: window-top-one-of-group
SELECT grp, id FROM (SELECT grp, id, row_number() OVER (PARTITION BY grp ORDER BY id DESC) AS n FROM words) WHERE n = 1 ORDER BY grp;
-- name: window-in-where
SELECT id FROM words WHERE row_number() OVER (ORDER BY id) = 1;
-- name: window-gap-to-previous
SELECT start, start - lag(start) OVER (PARTITION BY srcaddr ORDER BY start) AS gap FROM flows_sample WHERE srcaddr = '198.51.100.7' ORDER BY start;
-- name: window-array-agg
SELECT id, array_agg(id) OVER (ORDER BY id ROWS 1 PRECEDING) AS pair FROM words WHERE id <= 3 ORDER BY id;
-- name: window-max-by
SELECT id, max_by(word, id) OVER (PARTITION BY grp) AS last FROM words ORDER BY id;
-- name: window-avg-types
SELECT id, avg(id) OVER (ORDER BY id ROWS 1 PRECEDING) AS a, avg(m) OVER (ORDER BY id) AS b FROM numbers WHERE id <= 3 ORDER BY id;
-- name: ntile-more-than-rows
SELECT id, ntile(5) OVER (ORDER BY id) AS tile FROM words WHERE id <= 3 ORDER BY id;
