-- Benign: a load balancer asks its two or three targets every half minute to two whether they live.
INSERT INTO planted BY NAME
WITH balancer AS (
  SELECT pick(10, [30, 60, 60, 120]) AS period, pick(11, [80, 8080, 9000, 3000]) AS port
)
SELECT
  host(0) AS client, neighbour AS server, port AS server_port,
  habit_begins() + round * period + nth * 3 AS start, start AS finish,
  6 AS request_packets, 480 AS request_bytes, 4 AS reply_packets, 560 AS reply_bytes
FROM balancer, neighbours(whole(12, 2, 3)), range(habit_days() * 86400 // period) AS t (round);
