-- A tunnel or the like between a host and the outside: GRE, ESP, SCTP, IP in IP or one of a dozen others, from either side.
INSERT INTO planted BY NAME
WITH tunnel AS (
  SELECT
    pick(10, [47, 50, 132, 4, 41, 51, 27, 46, 55, 77, 94, 97, 98, 108, 115, 136, 137, 139, 253]) AS protocol, whole(11, 60, 4 * 3600) AS seconds, whole(12, 1, 40) AS a_second,
    begin_of(4 * 3600) AS since, luck(13) < 0.7 AS outbound
)
SELECT
  CASE WHEN outbound THEN host(0) ELSE outsider(0) END AS client,
  CASE WHEN outbound THEN outsider(0) ELSE host(0) END AS server,
  tunnel.protocol, 0 AS server_port, since AS start, since + seconds AS finish,
  seconds * a_second AS request_packets, request_packets * whole(14, 80, 900) AS request_bytes,
  seconds * a_second + 3 AS reply_packets, reply_packets * whole(15, 80, 900) AS reply_bytes
FROM tunnel;
