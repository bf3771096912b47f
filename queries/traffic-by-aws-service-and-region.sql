-- title: Traffic by AWS service and region
-- description: Bytes to and from each AWS service, by the region of the address (AWS's published ranges: weir lake enrich ip-ranges)
WITH ends AS ( -- one row: a flow, told from the side of a public address
  SELECT dst AS address, bytes AS sent, 0 AS received FROM flows WHERE counted AND dst_scope = 'public'
  UNION ALL
  SELECT src, 0, bytes FROM flows WHERE counted AND src_scope = 'public'
)
SELECT
  h.aws_service AS service,
  h.aws_region AS region,
  count(DISTINCT h.address) AS addresses,
  count(*) AS flows,
  sum(e.sent) AS sent_bytes,
  sum(e.received) AS received_bytes
FROM ends e
JOIN hosts h ON h.address = e.address AND h.network = ''
WHERE h.aws_service IS NOT NULL AND NOT h.own
GROUP BY h.aws_service, h.aws_region
ORDER BY sum(e.sent) + sum(e.received) DESC NULLS LAST, service, region
