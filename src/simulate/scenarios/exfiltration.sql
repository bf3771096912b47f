-- A host sends 0.2 to 20 GB in a few connections to an address that it never spoke to before.
INSERT INTO planted BY NAME
WITH theft AS (
  SELECT
    mostly_low(10, 200, 20000) * 1000000 AS total, whole(11, 1, 40) * 1000000 AS a_second, whole(12, 1, 8) AS connections,
    greatest(20, total // a_second // connections) AS seconds, begin_of(20000 + 8 * 45) AS since
)
SELECT
  outward() AS course, host(0) AS client, outsider(0) AS server, pick(13, [443, 443, 22, 21, 8080, 50000]) AS server_port,
  since + nth * (seconds + 40) AS start, start + seconds AS finish,
  total // connections // 1430 AS request_packets, request_packets * 1430 AS request_bytes,
  request_packets // whole(14, 2, 5) AS reply_packets, reply_packets * 54 AS reply_bytes
FROM theft, range(connections) AS t (nth);
