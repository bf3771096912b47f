-- SYNs at one port of a host for minutes: by the thousand from one to twenty sources, or one or two each from forged ones.
-- The host answers them, or its queue is full and it answers none.
INSERT INTO planted BY NAME
WITH flood AS (
  SELECT
    luck(10) < 0.5 AS forged, whole(11, 1, 20) AS sources, whole(12, 3, 20) * 60 AS seconds,
    luck(13) < 0.5 AS answered, begin_of(1300) AS since
),
burst AS (
  SELECT
    nth, passer_by(nth) AS client, since + nth * seconds // 4000 AS start, whole(14, 1, 2, nth) AS syns
  FROM flood, range(4000) AS t (nth)
  WHERE forged
  UNION ALL
  SELECT nth, outsider(nth % sources), since + nth // sources * 10, whole(15, 300, 4000, nth)
  FROM flood, range(sources * seconds // 10) AS t (nth)
  WHERE NOT forged
)
SELECT
  client, host(0) AS server, pick(16, [443, 443, 80, 22, 8080]) AS server_port,
  burst.start, burst.start AS finish, syns AS request_packets, syns * 44 AS request_bytes,
  CASE WHEN answered THEN syns * 2 ELSE 0 END AS reply_packets, reply_packets * 44 AS reply_bytes,
  0 AS closing
FROM flood, burst;
