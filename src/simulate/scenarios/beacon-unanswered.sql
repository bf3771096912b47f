-- A host calls a server that is gone, at an even pace: SYNs, sent again a few times, and no answer, or an RST.
INSERT INTO planted BY NAME
WITH implant AS (
  SELECT
    pick(10, [30, 60, 120, 300, 600, 1800]) AS period, pick(11, [0, 0.05, 0.2, 0.4])::DOUBLE AS jitter,
    whole(12, 1, 4) AS tries, luck(13) < 0.25 AS refused
)
SELECT
  outward() AS course, host(0) AS client, outsider(0) AS server, pick(14, [443, 80, 4444, 5552, 1177, 8080]) AS server_port,
  at_hour(0) + 60 + nth * period + floor(period * jitter * luck(15, nth))::BIGINT AS start,
  start + CASE WHEN refused THEN 0 ELSE tries * 2 - 1 END AS finish,
  tries AS request_packets, tries * 52 AS request_bytes,
  CASE WHEN refused THEN tries ELSE 0 END AS reply_packets, reply_packets * 40 AS reply_bytes,
  implant.refused
FROM implant, range(whole(16, 20, 24) * 3600 // period - 5) AS t (nth);
