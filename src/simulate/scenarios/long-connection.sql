-- One connection to an outside address for six to twenty-three hours, with little traffic.
INSERT INTO planted BY NAME
WITH tunnel AS (
  SELECT whole(10, 6 * 3600, 23 * 3600) AS seconds, begin_of(23 * 3600) AS since, whole(11, 5, 60) AS pace
)
SELECT
  outward() AS course, host(0) AS client, outsider(0) AS server, pick(12, [443, 443, 22, 1194, 8443, 4444]) AS server_port,
  since AS start, since + seconds AS finish,
  seconds // pace + 20 AS request_packets, request_packets * whole(13, 60, 300) AS request_bytes,
  seconds // pace + 18 AS reply_packets, reply_packets * whole(14, 60, 400) AS reply_bytes
FROM tunnel;
