-- UDP or ICMP in bulk from hundreds of sources for minutes, let in or rejected.
INSERT INTO planted BY NAME
WITH flood AS (
  SELECT
    pick(10, [17, 17, 17, CASE WHEN getvariable('six') THEN 58 ELSE 1 END]) AS protocol,
    whole(11, 200, 700) AS sources, whole(12, 3, 10) AS minutes,
    whole(13, 500, 6000) AS packets, pick(14, [84, 512, 1400]) AS packet_bytes, begin_of(700) AS since
)
SELECT
  CASE WHEN luck(15) < 0.7 THEN 'accepted' ELSE 'rejected' END AS course,
  passer_by(nth) AS client, host(0) AS server, flood.protocol,
  CASE flood.protocol WHEN 17 THEN pick(16, [80, 443, 27015, 53, 3074]) ELSE 0 END AS server_port,
  since + minute * 60 AS start, start + 50 AS finish,
  packets + whole(17, 0, packets, nth * 10 + minute) AS request_packets, request_packets * packet_bytes AS request_bytes
FROM flood, range(sources) AS t (nth), range(minutes) AS u (minute);
