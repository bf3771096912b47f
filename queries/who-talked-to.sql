-- title: Who talked to an address
-- description: Every peer of an address in either direction, with first and last sight: put yours in place of 10.0.0.5
WITH asked (address) AS (VALUES '10.0.0.5'),
peers AS ( -- one row: a record of the address, told from its side
  SELECT l.dstaddr AS peer, l.start, l."end", l.bytes AS sent, 0 AS received, l.action
  FROM vpc_flow_logs l
  JOIN asked a ON a.address = l.srcaddr
  UNION ALL
  SELECT l.srcaddr, l.start, l."end", 0, l.bytes, l.action
  FROM vpc_flow_logs l
  JOIN asked a ON a.address = l.dstaddr
)
SELECT
  peer,
  from_unixtime(min(start)) AS first_seen,
  from_unixtime(max("end")) AS last_seen,
  count(*) AS records,
  count_if(action = 'REJECT') AS rejected,
  sum(sent) AS sent_bytes,
  sum(received) AS received_bytes
FROM peers
GROUP BY peer
ORDER BY records DESC, peer
LIMIT 200
