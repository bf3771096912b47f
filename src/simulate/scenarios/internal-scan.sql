-- A host tries a few ports of its neighbours, or hundreds of ports of one; most reject, some refuse, a few answer.
INSERT INTO planted BY NAME
WITH scan AS (
  SELECT
    luck(10) < 0.5 AS horizontal, whole(11, 1, 10) AS a_second, whole(12, 1, 5) AS ports,
    whole(13, 0, 4) AS favourite, begin_of(3600) AS since
),
tried AS (
  SELECT
    neighbour AS server,
    ([22, 445, 3389, 5985, 135, 5432, 3306, 8080, 443])[1 + favourite + nth_port] AS port,
    nth * ports + nth_port AS position
  FROM scan, neighbours(whole(14, 20, 120)), range(ports) AS t (nth_port)
  WHERE horizontal
  UNION ALL
  SELECT neighbour, 1 + position * 37 % 9000, position
  FROM scan, neighbours(1), range(whole(15, 60, 500)) AS t (position)
  WHERE NOT horizontal
),
met AS (
  SELECT
    *, CASE WHEN luck(16, position) < 0.75 THEN 'rejected' ELSE 'accepted' END AS course,
    luck(17, position) < 0.6 AS refused
  FROM tried
)
SELECT
  course, host(0) AS client, server, port AS server_port,
  since + position // a_second AS start, start AS finish,
  CASE WHEN course = 'rejected' OR refused THEN 1 ELSE 3 END AS request_packets, request_packets * 52 AS request_bytes,
  CASE WHEN course = 'rejected' THEN 0 WHEN refused THEN 1 ELSE 2 END AS reply_packets, reply_packets * 50 AS reply_bytes,
  course = 'accepted' AND refused AS refused, 4 AS closing
FROM scan, met;
