-- A host keeps connections to a few Tor relays; the label's targets are the relays.
INSERT INTO planted BY NAME
WITH circuit AS (
  SELECT whole(10, 1, 4) AS relays, whole(11, 300, 3600) AS pace, begin_of(10 * 3600 + 1900) AS since
)
SELECT
  outward() AS course, host(0) AS client, outsider(nth % relays) AS server,
  pick(12, [9001, 443, 9001, 9030, 443], nth % relays) AS server_port,
  since + nth * pace AS start, start + whole(13, 20, 1800, nth) AS finish,
  (finish - start) + 20 AS request_packets, request_packets * 543 AS request_bytes,
  (finish - start) + 24 AS reply_packets, reply_packets * 580 AS reply_bytes
FROM circuit, range(whole(14, 1, 10)) AS t (nth);
