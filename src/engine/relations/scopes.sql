-- One row: a range of addresses that is not the Internet at large, by the IANA special-purpose address registries.
-- The ranges do not overlap. The ranges for documentation and benchmarks are left to `public`: where they occur in flow logs, they stand for the Internet.
SELECT
  s.scope,
  address_key(s.first_address) AS first_key,
  address_key(s.last_address) AS last_key
FROM (VALUES
  ('unspecified', '0.0.0.0', '0.255.255.255'),
  ('private', '10.0.0.0', '10.255.255.255'),
  ('shared', '100.64.0.0', '100.127.255.255'),
  ('loopback', '127.0.0.0', '127.255.255.255'),
  ('link-local', '169.254.0.0', '169.254.255.255'),
  ('private', '172.16.0.0', '172.31.255.255'),
  ('private', '192.168.0.0', '192.168.255.255'),
  ('multicast', '224.0.0.0', '239.255.255.255'),
  ('reserved', '240.0.0.0', '255.255.255.254'),
  ('broadcast', '255.255.255.255', '255.255.255.255'),
  ('unspecified', '::', '::'),
  ('loopback', '::1', '::1'),
  ('private', 'fc00::', 'fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'),
  ('link-local', 'fe80::', 'febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff'),
  ('multicast', 'ff00::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff')
) AS s (scope, first_address, last_address)
