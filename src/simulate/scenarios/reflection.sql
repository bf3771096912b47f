-- Hundreds of servers answer a host that never asked: somebody sent them questions in its name.
INSERT INTO planted BY NAME
WITH flood AS (
  SELECT
    pick(10, [53, 123, 389, 1900, 11211, 19]) AS port, whole(11, 60, 400) AS servers,
    whole(12, 3, 10) AS minutes, whole(13, 200, 3000) AS packets, pick(14, [468, 1200, 1400]) AS packet_bytes,
    begin_of(700) AS since
)
SELECT
  CASE WHEN luck(15) < 0.7 THEN 'accepted' ELSE 'rejected' END AS course,
  passer_by(nth) AS client, port AS own_port, host(0) AS server, 17 AS protocol,
  pick(16, [80, 443, 4500, 31337]) AS server_port,
  since + minute * 60 AS start, start + 55 AS finish,
  packets + whole(17, 0, packets, nth * 10 + minute) AS request_packets, request_packets * packet_bytes AS request_bytes
FROM flood, range(servers) AS t (nth), range(minutes) AS u (minute);
