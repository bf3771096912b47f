-- Benign: one to four calls, twenty to sixty minutes of UDP both ways.
INSERT INTO planted BY NAME
WITH call_day AS (
  SELECT begin_of(4 * 3700) AS since, whole(10, 1, 4) AS calls
)
SELECT
  outward() AS course, host(0) AS client, outsider(nth % 2) AS server, 17 AS protocol,
  pick(11, [3478, 8801, 19305, 50004], nth) AS server_port,
  since + nth * 3700 AS start, start + whole(12, 1200, 3600, nth) AS finish,
  (finish - start) * whole(13, 40, 120, nth) AS request_packets, request_packets * whole(14, 200, 1000, nth) AS request_bytes,
  (finish - start) * whole(15, 40, 140, nth) AS reply_packets, reply_packets * whole(16, 200, 1050, nth) AS reply_bytes
FROM call_day, range(calls) AS t (nth);
