-- A rule of a security group was removed: for a while a host rejects what a few or many neighbours ask of it.
INSERT INTO planted BY NAME
WITH outage AS (
  SELECT whole(10, 3, 20) AS clients, whole(11, 300, 2400) AS seconds, whole(12, 1, 2) AS pace, begin_of(2400) AS since
)
SELECT
  'rejected' AS course, neighbour AS client, host(0) AS server, pick(13, [443, 8445, 5672, 9092, 8081]) AS server_port,
  since + request * pace AS start, start + 3 AS finish, 3 AS request_packets, 180 AS request_bytes
FROM outage
CROSS JOIN range(seconds // pace) AS t (request)
JOIN neighbours(whole(10, 3, 20)) ON nth = request % clients;
