-- One source tries another port of a host, or another host for the same port, every five to thirty minutes of the day.
INSERT INTO planted BY NAME
WITH scan AS (
  SELECT
    luck(10) < 0.5 AS horizontal, pick(11, [300, 420, 600, 900, 1200, 1500, 1800]) AS pace,
    pick(12, [22, 23, 3389, 445, 8080, 6379]) AS port, whole(13, 1, 900) AS stride
),
tried AS (
  SELECT neighbour AS server, port, nth AS position
  FROM scan, neighbours(86400 // whole(14, 300, 900))
  WHERE horizontal
  UNION ALL
  SELECT host(0), 1 + position * (2 * stride + 1) % 16384, position
  FROM scan, range(288) AS t (position)
  WHERE NOT horizontal
)
SELECT
  CASE WHEN luck(15) < 0.8 THEN 'rejected' ELSE 'accepted' END AS course,
  outsider(0) AS client, server, tried.port AS server_port,
  at_hour(0.1) + position * pace + whole(16, 0, pace // 2, position) AS start, start AS finish,
  1 AS request_packets, 44 AS request_bytes
FROM scan, tried
WHERE position < 82000 // pace;
