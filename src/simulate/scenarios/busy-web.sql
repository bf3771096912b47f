-- Benign: one client outside opens hundreds of connections to a web server within an hour.
INSERT INTO planted BY NAME
WITH visit AS (
  SELECT begin_of(3700) AS since, whole(10, 600, 3600) AS seconds
)
SELECT
  outsider(0) AS client, host(0) AS server, pick(11, [443, 443, 80]) AS server_port,
  since + whole(12, 0, seconds, nth) AS start, start + whole(13, 0, 30, nth) AS finish,
  mostly_low(14, 7, 120, nth) AS request_packets, request_packets * 140 AS request_bytes,
  request_packets + 3 AS reply_packets, reply_packets * 1000 AS reply_bytes
FROM visit, range(whole(15, 200, 1500)) AS t (nth);
