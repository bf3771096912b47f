-- Benign: a host visits a hundred to four hundred web servers within half an hour; one in ten is dead or refuses.
INSERT INTO planted BY NAME
WITH crawl AS (
  SELECT begin_of(1900) AS since, whole(10, 300, 1800) AS seconds
),
site AS (
  SELECT nth, luck(11, nth) AS fate, luck(12, nth) < 0.85 AS encrypted
  FROM range(whole(13, 100, 400)) AS t (nth)
)
SELECT
  outward() AS course, host(0) AS client, passer_by(nth) AS server, CASE WHEN encrypted THEN 443 ELSE 80 END AS server_port,
  since + whole(14, 0, seconds, nth) AS start,
  start + CASE WHEN fate < 0.06 THEN 3 WHEN fate < 0.1 THEN 0 ELSE whole(15, 1, 40, nth) END AS finish,
  CASE WHEN fate < 0.06 THEN 3 WHEN fate < 0.1 THEN 1 ELSE mostly_low(16, 8, 300, nth) END AS request_packets,
  request_packets * 80 AS request_bytes,
  CASE WHEN fate < 0.06 THEN 0 WHEN fate < 0.1 THEN 1 ELSE request_packets * 2 END AS reply_packets,
  reply_packets * CASE WHEN fate < 0.1 THEN 40 ELSE 1300 END AS reply_bytes,
  fate BETWEEN 0.06 AND 0.1 AS refused
FROM crawl, site;
