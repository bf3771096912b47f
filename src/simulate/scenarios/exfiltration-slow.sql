-- A host sends 20 to 200 MB to a new address in small even pieces, all day.
INSERT INTO planted BY NAME
WITH drip AS (
  SELECT
    whole(10, 20, 200) * 1000000 AS total, pick(11, [180, 300, 600, 900, 1800]) AS pace,
    whole(12, 18, 23) * 3600 // pace AS sends
)
SELECT
  outward() AS course, host(0) AS client, outsider(0) AS server, pick(13, [443, 443, 443, 22, 993]) AS server_port,
  at_hour(0.1) + nth * pace + whole(14, 0, pace // 8, nth) AS start, start + whole(15, 2, 20, nth) AS finish,
  (total // sends + floor(total // sends * 0.1 * luck(16, nth))::BIGINT) // 1400 AS request_packets,
  request_packets * 1400 AS request_bytes,
  request_packets // 3 + 4 AS reply_packets, reply_packets * 56 AS reply_bytes
FROM drip, range(sends) AS t (nth);
