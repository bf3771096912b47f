-- One row: a range of addresses that is not the Internet at large, by the IANA special-purpose address registries.
-- The ranges do not overlap. The ranges for documentation and benchmarks are left to `public`: where they occur in flow logs, they stand for the Internet.
SELECT
  s.scope,
  s.first_key,
  s.last_key
FROM (VALUES
  ('unspecified', address_key('0.0.0.0'), address_key('0.255.255.255')),
  ('private', address_key('10.0.0.0'), address_key('10.255.255.255')),
  ('shared', address_key('100.64.0.0'), address_key('100.127.255.255')),
  ('loopback', address_key('127.0.0.0'), address_key('127.255.255.255')),
  ('link-local', address_key('169.254.0.0'), address_key('169.254.255.255')),
  ('private', address_key('172.16.0.0'), address_key('172.31.255.255')),
  ('private', address_key('192.168.0.0'), address_key('192.168.255.255')),
  ('multicast', address_key('224.0.0.0'), address_key('239.255.255.255')),
  ('reserved', address_key('240.0.0.0'), address_key('255.255.255.254')),
  ('broadcast', address_key('255.255.255.255'), address_key('255.255.255.255')),
  ('unspecified', address_key('::'), address_key('::')),
  ('loopback', address_key('::1'), address_key('::1')),
  ('private', address_key('fc00::'), address_key('fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff')),
  ('link-local', address_key('fe80::'), address_key('febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff')),
  ('multicast', address_key('ff00::'), address_key('ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'))
) AS s (scope, first_key, last_key)
