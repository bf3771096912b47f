-- A host that sends a little to a partner every day sends twenty to a hundred times as much on the last one.
INSERT INTO planted BY NAME
WITH habit AS (
  SELECT whole(10, 20, 60) AS calls, whole(11, 400, 4000) AS packets, whole(12, 20, 100) AS growth
)
SELECT
  outward() AS course, host(0) AS client, outsider(0) AS server, 443 AS server_port,
  days_ago(day) + whole(13, 3600, 80000, day * 100 + call) AS start, start + whole(14, 10, 300, day * 100 + call) AS finish,
  (packets + whole(15, 0, 400, day * 100 + call)) * CASE WHEN day = 0 THEN growth ELSE 1 END AS request_packets,
  request_packets * 1200 AS request_bytes, request_packets // 3 AS reply_packets, reply_packets * 60 AS reply_bytes
FROM habit, range(calls) AS t (call), range(habit_days()) AS u (day);
