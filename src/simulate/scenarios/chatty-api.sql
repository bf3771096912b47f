-- Benign: thousands of short calls to one partner in business hours, as they come.
INSERT INTO planted BY NAME
WITH partner AS (
  SELECT whole(10, 1000, 4000) AS calls
)
SELECT
  outward() AS course, host(0) AS client, outsider(0) AS server, 443 AS server_port,
  days_ago(day) + 7 * 3600 + whole(11, 0, 11 * 3600, day * 10000 + call) AS start,
  start + whole(12, 0, 3, day * 10000 + call) AS finish,
  mostly_low(13, 7, 60, day * 10000 + call) AS request_packets,
  request_packets * whole(14, 90, 400, day * 10000 + call) AS request_bytes,
  request_packets + 1 AS reply_packets, reply_packets * whole(15, 200, 900, day * 10000 + call) AS reply_bytes
FROM partner, range(calls) AS t (call), range(habit_days()) AS u (day);
