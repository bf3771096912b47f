-- Benign: a script logs in by SSH with a key every one to five minutes, does the same small thing, and leaves.
INSERT INTO planted BY NAME
WITH script AS (
  SELECT pick(10, [60, 60, 120, 300]) AS period, whole(11, 28, 60) AS packets, whole(12, 2, 9) AS seconds
)
SELECT
  host(0) AS client, host(1) AS server, 22 AS server_port,
  habit_begins() + round * period + 1 AS start, start + seconds AS finish,
  packets AS request_packets, packets * 140 AS request_bytes, packets + 3 AS reply_packets, (packets + 3) * 190 AS reply_bytes
FROM script, range(habit_days() * 86400 // period) AS t (round);
