-- Benign: within minutes all hosts load the same update from a mirror's three addresses.
INSERT INTO planted BY NAME
WITH update_day AS (
  SELECT begin_of(1800) AS since, whole(10, 120, 900) AS seconds, whole(11, 20, 300) AS megabytes
)
SELECT
  outward() AS course, neighbour AS client, outsider(nth % 3) AS server, 443 AS server_port,
  since + whole(12, 0, seconds, nth) AS start, start + whole(13, 10, 90, nth) AS finish,
  megabytes * 250 AS request_packets, request_packets * 54 AS request_bytes,
  megabytes * 700 AS reply_packets, reply_packets * 1440 AS reply_bytes
FROM update_day, neighbours(300);
