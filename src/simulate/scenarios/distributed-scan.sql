-- Twenty to sixty sources share the ports of a host, or the hosts of the VPC for one port, a few tries each, within hours.
-- The port is one that few try as a rule, as in the days after a hole in a service becomes known, or, in every fourth case, one that
-- the whole Internet tries all the time.
INSERT INTO planted BY NAME
WITH scan AS (
  SELECT
    luck(10) < 0.5 AS horizontal, whole(11, 20, 60) AS sources, whole(12, 10, 40) AS pace,
    CASE
      WHEN luck(17) < 0.25 THEN pick(13, [22, 23, 3389, 445])
      ELSE pick(13, [7001, 8291, 4786, 37215, 52869, 10250, 5984, 7547, 1099, 2049])
    END AS port,
    begin_of(400 * 40 + 60) AS since
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
