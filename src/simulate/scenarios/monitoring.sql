-- Benign: a monitor inside asks one or two ports of dozens of hosts every ten to twenty minutes, a few of which are down; or a
-- service outside asks a web server every minute or so.
INSERT INTO planted BY NAME
WITH monitor AS (
  SELECT
    luck(10) < 0.5 AS inside, pick(11, [600, 900, 1200]) AS slow, pick(12, [30, 60, 60, 300]) AS fast,
    whole(13, 1, 2) AS ports
),
asked AS (
  SELECT
    host(0) AS client, neighbour AS server, ([443, 161, 8125])[1 + nth_port] AS port,
    CASE WHEN nth_port = 1 THEN 17 ELSE 6 END AS protocol,
    nth % 17 <> 3 AS up, slow AS period, slow * nth // 50 % slow AS after
  FROM monitor, neighbours(whole(14, 20, 50)), range(ports) AS t (nth_port)
  WHERE inside
  UNION ALL
  SELECT outsider(0), host(0), 443, 6, true, fast, 0
  FROM monitor
  WHERE NOT inside
)
SELECT
  client, server, protocol, port AS server_port,
  habit_begins() + round * period + after + 1 AS start, start + CASE WHEN up THEN 0 ELSE 3 END AS finish,
  CASE WHEN protocol = 17 THEN 1 WHEN up THEN 6 ELSE 3 END AS request_packets, request_packets * 78 AS request_bytes,
  CASE WHEN NOT up THEN 0 WHEN protocol = 17 THEN 1 ELSE 5 END AS reply_packets, reply_packets * 140 AS reply_bytes
FROM asked, range(habit_days() * 86400 // period) AS t (round);
