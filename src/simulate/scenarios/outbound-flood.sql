-- A host floods an outside address: UDP or ICMP in one stream, or SYNs from ever new ports, a thousand packets a second or more.
INSERT INTO planted BY NAME
WITH flood AS (
  SELECT
    pick(10, [17, 17, 6, 6, CASE WHEN getvariable('six') THEN 58 ELSE 1 END]) AS protocol, whole(11, 3, 20) * 60 AS seconds,
    mostly_low(12, 1000, 20000) AS a_second, begin_of(1300) AS since
),
stream AS (
  SELECT nth * 2 AS after, CASE protocol WHEN 6 THEN 1 ELSE seconds - 1 END AS lasts
  FROM flood, range(CASE protocol WHEN 6 THEN seconds // 2 ELSE 1 END) AS t (nth)
)
SELECT
  outward() AS course, host(0) AS client, outsider(0) AS server, flood.protocol,
  CASE WHEN flood.protocol IN (6, 17) THEN pick(13, [80, 443, 53, 25565, 3074]) ELSE 0 END AS server_port,
  since + after AS start, start + lasts AS finish,
  a_second * (lasts + 1) AS request_packets,
  request_packets * CASE flood.protocol WHEN 6 THEN 44 ELSE pick(14, [64, 512, 1400]) END AS request_bytes
FROM flood, stream;
