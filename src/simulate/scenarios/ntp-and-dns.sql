-- Benign: a host asks three time servers every four to seventeen minutes, and three resolvers for the same names.
INSERT INTO planted BY NAME
WITH asked AS (
  SELECT
    nth, nth < 3 AS clock,
    CASE WHEN nth < 3 THEN pick(10, [256, 512, 1024], nth) ELSE pick(11, [120, 300, 900], nth) END AS period
  FROM range(6) AS t (nth)
)
SELECT
  outward() AS course, host(0) AS client, outsider(nth) AS server, 17 AS protocol,
  CASE WHEN clock THEN 123 END AS own_port, CASE WHEN clock THEN 123 ELSE 53 END AS server_port,
  habit_begins() + round * period + whole(12, 0, 40, nth) AS start, start AS finish,
  1 AS request_packets, CASE WHEN clock THEN 76 ELSE 66 END AS request_bytes,
  1 AS reply_packets, CASE WHEN clock THEN 76 ELSE 130 END AS reply_bytes
FROM asked, range(habit_days() * 86400 // period) AS t (round);
