-- Benign: a build host opens some thirty SSH sessions to the same host within ten minutes, each with work of its own to do.
INSERT INTO planted BY NAME
WITH habit AS (
  SELECT whole(10, 7 * 3600, 17 * 3600) AS second_of_day, whole(11, 20, 40) AS sessions
)
SELECT
  host(0) AS client, host(1) AS server, 22 AS server_port,
  days_ago(day) + second_of_day + session * 600 // sessions + whole(12, 0, 8, day * 100 + session) AS start,
  start + whole(13, 2, 90, day * 100 + session) AS finish,
  mostly_low(14, 40, 4000, day * 100 + session) AS request_packets,
  request_packets * whole(15, 120, 1200, day * 100 + session) AS request_bytes,
  request_packets // 2 + 30 AS reply_packets, reply_packets * whole(16, 90, 400, day * 100 + session) AS reply_bytes
FROM habit, range(sessions) AS t (session), range(habit_days()) AS u (day);
