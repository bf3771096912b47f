-- Benign: every night a host uploads one to twenty gigabytes to the same address, at the same hour.
INSERT INTO planted BY NAME
WITH habit AS (
  SELECT whole(10, 0, 5 * 3600) AS second_of_day, mostly_low(11, 1000, 20000) AS megabytes, whole(12, 1800, 5400) AS seconds
)
SELECT
  outward() AS course, host(0) AS client, outsider(0) AS server, pick(13, [443, 443, 22, 873]) AS server_port,
  days_ago(day) + second_of_day + whole(14, 0, 120, day) AS start, start + seconds + whole(15, 0, 300, day) AS finish,
  megabytes * 700 + whole(16, 0, megabytes * 40, day) AS request_packets, request_packets * 1440 AS request_bytes,
  request_packets // 4 AS reply_packets, reply_packets * 52 AS reply_bytes
FROM habit, range(habit_days()) AS t (day);
