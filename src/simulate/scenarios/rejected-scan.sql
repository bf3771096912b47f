-- One source tries one to three ports of many hosts, or, in every other case, hundreds of ports of one host.
INSERT INTO planted BY NAME
WITH scan AS (
  SELECT
    luck(10) < 0.5 AS horizontal, whole(11, 2, 20) AS a_second, begin_of(3600) AS since,
    whole(12, 1, 3) AS ports, whole(13, 0, 9) AS favourite, whole(14, 1, 900) AS stride
),
hit AS (
  SELECT
    neighbour AS server,
    ([22, 23, 80, 443, 445, 1433, 3389, 5900, 6379, 8080, 22, 23])[1 + favourite + tried] AS port,
    nth * ports + tried AS position
  FROM scan, neighbours(whole(15, 25, 200)), range(ports) AS t (tried)
  WHERE horizontal
  UNION ALL
  SELECT host(0), 1 + nth * (2 * stride + 1) % 32768, nth
  FROM scan, range(whole(16, 80, 1000)) AS t (nth)
  WHERE NOT horizontal
)
SELECT
  'rejected' AS course, outsider(0) AS client, server, port AS server_port,
  since + position // a_second AS start, start AS finish, 1 AS request_packets, 44 AS request_bytes
FROM scan, hit;
