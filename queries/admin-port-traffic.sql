-- title: Traffic on administrative ports
-- description: The ten addresses with the most bytes to or from ports that machines are managed by
WITH ports (port, service) AS (
  VALUES
    (22, 'ssh'),
    (23, 'telnet'),
    (135, 'rpc'),
    (445, 'smb'),
    (3389, 'rdp'),
    (5900, 'vnc'),
    (5985, 'winrm'),
    (5986, 'winrm over tls'),
    (10250, 'kubelet')
),
administration AS ( -- one row: a record with such a port on either side
  SELECT l.srcaddr, l.dstaddr, l.bytes, coalesce(d.service, s.service) AS service
  FROM vpc_flow_logs l
  LEFT JOIN ports d ON d.port = l.dstport
  LEFT JOIN ports s ON s.port = l.srcport
  WHERE d.port IS NOT NULL OR s.port IS NOT NULL
),
ends AS ( -- one row: one side of such a record
  SELECT srcaddr AS address, bytes, service FROM administration
  UNION ALL
  SELECT dstaddr, bytes, service FROM administration
)
SELECT
  address,
  sum(bytes) AS total_bytes,
  array_join(array_sort(array_agg(DISTINCT service)), ', ') AS services
FROM ends
GROUP BY address
ORDER BY total_bytes DESC NULLS LAST, address
LIMIT 10
