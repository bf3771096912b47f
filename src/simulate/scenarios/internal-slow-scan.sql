-- A host tries another port of a neighbour, or another neighbour for the same port, every five to thirty minutes of the day; few answer.
INSERT INTO planted BY NAME
WITH scan AS (
  SELECT
    luck(10) < 0.5 AS horizontal, pick(11, [300, 420, 600, 900, 1200, 1500, 1800]) AS pace,
    pick(12, [22, 445, 3389, 5985, 5432, 8080]) AS port, whole(13, 1, 900) AS stride, luck(14) AS kindness
),
tried AS (
  SELECT neighbour AS server, port, nth AS position
  FROM scan, neighbours(whole(15, 50, 150))
  WHERE horizontal
  UNION ALL
  SELECT neighbour, 1 + position * (2 * stride + 1) % 16384, position
  FROM scan, neighbours(1), range(288) AS t (position)
  WHERE NOT horizontal
),
met AS (
  SELECT
    tried.*,
    CASE WHEN luck(16, position) < 0.9 - 0.2 * kindness THEN 'rejected' ELSE 'accepted' END AS course,
    luck(17, position) < 0.6 AS refused
  FROM scan, tried
)
SELECT
  course, host(0) AS client, server, met.port AS server_port,
  at_hour(0.1) + position * pace + whole(18, 0, pace // 2, position) AS start, start AS finish,
  CASE WHEN course = 'rejected' OR refused THEN 1 ELSE 3 END AS request_packets, request_packets * 52 AS request_bytes,
  CASE WHEN course = 'rejected' THEN 0 WHEN refused THEN 1 ELSE 2 END AS reply_packets,
  reply_packets * CASE WHEN refused THEN 40 ELSE 50 END AS reply_bytes,
  course = 'accepted' AND refused AS refused, 4 AS closing
FROM scan, met
WHERE position < 82000 // pace;
