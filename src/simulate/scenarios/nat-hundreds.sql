-- Benign: through the NAT gateways all hosts call the same four addresses again and again, so that a gateway seems to do it all.
INSERT INTO planted BY NAME
WITH service AS (
  SELECT whole(10, 3, 9) AS calls
)
SELECT
  'nat' AS course, neighbour AS client, outsider(whole(11, 0, 3, nth * 10 + call)) AS server, 443 AS server_port,
  at_hour(0) + whole(12, 60, 86000, nth * 10 + call) AS start, start + whole(13, 0, 60, nth * 10 + call) AS finish,
  mostly_low(14, 8, 200, nth * 10 + call) AS request_packets, request_packets * 180 AS request_bytes,
  request_packets + 4 AS reply_packets, reply_packets * 700 AS reply_bytes
FROM service, neighbours(300), range(calls) AS t (call);
