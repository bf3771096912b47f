-- Benign: a management server logs in by SSH at each of its hosts, every hour of every day.
INSERT INTO planted BY NAME
WITH server AS (
  SELECT whole(10, 2, 15) AS apart, whole(11, 0, 1200) AS after
)
SELECT
  host(0) AS client, neighbour AS server, 22 AS server_port,
  habit_begins() + hour * 3600 + after + nth * apart + whole(12, 0, 1, hour * 1000 + nth) AS start,
  start + 4 + nth % 5 AS finish,
  40 + whole(13, 0, 6, hour * 1000 + nth) AS request_packets, request_packets * 130 AS request_bytes,
  44 + whole(14, 0, 6, hour * 1000 + nth) AS reply_packets, reply_packets * 420 AS reply_bytes
FROM server, neighbours(whole(15, 20, 120)), range(habit_days() * 24) AS t (hour);
