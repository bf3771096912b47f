-- Twenty to sixty sources share the ports of a host, or the hosts of the VPC for one port, a few tries each, within hours.
INSERT INTO planted BY NAME
WITH scan AS (
  SELECT
    luck(10) < 0.5 AS horizontal, whole(11, 20, 60) AS sources, whole(12, 10, 40) AS pace,
    pick(13, [22, 23, 3389, 445, 5900, 9200]) AS port, begin_of(400 * 40 + 60) AS since
),
tried AS (
  SELECT neighbour AS server, port, nth AS position
  FROM scan, neighbours(400)
  WHERE horizontal
  UNION ALL
  SELECT host(0), 1 + position * 41 % 10007, position
  FROM scan, range(whole(14, 200, 400)) AS t (position)
  WHERE NOT horizontal
)
SELECT
  'rejected' AS course, outsider(whole(16, 0, sources - 1, position)) AS client, server, tried.port AS server_port,
  since + position * pace + whole(15, 0, pace - 1, position) AS start, start AS finish, 1 AS request_packets,
  44 AS request_bytes
FROM scan, tried;
