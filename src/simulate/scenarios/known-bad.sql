-- A host talks to one or two addresses of a block list, or tries to; the label's targets are these.
INSERT INTO planted BY NAME
WITH contact AS (
  SELECT whole(10, 1, 2) AS servers, whole(11, 60, 3600) AS pace, luck(12) < 0.3 AS dead, begin_of(8 * 3600 + 60) AS since
)
SELECT
  outward() AS course, host(0) AS client, outsider(nth % servers) AS server,
  pick(13, [443, 80, 8080, 25, 6667]) AS server_port,
  since + nth * pace AS start, start + CASE WHEN dead THEN 3 ELSE whole(14, 1, 30, nth) END AS finish,
  CASE WHEN dead THEN 2 ELSE whole(15, 6, 40, nth) END AS request_packets, request_packets * 90 AS request_bytes,
  CASE WHEN dead THEN 0 ELSE request_packets + 2 END AS reply_packets, reply_packets * 400 AS reply_bytes
FROM contact, range(whole(16, 1, 8)) AS t (nth);
