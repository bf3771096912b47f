-- One row: a session, its two hosts by their parties_id.
SELECT
  parties_id, client_port, server_port, protocol, "start", "end",
  packets_to_server, bytes_to_server, packets_to_client, bytes_to_client, flags_to_server, flags_to_client,
  records, records_to_server, records_to_client, rejects_to_server, rejects_to_client,
  outcome, opened, open_start, open_end, client_confidence, counted
FROM five_tuples
WHERE whole
UNION ALL
SELECT
  parties_id, client_port, server_port, protocol, "start", "end",
  packets_to_server, bytes_to_server, packets_to_client, bytes_to_client, flags_to_server, flags_to_client,
  records, records_to_server, records_to_client, rejects_to_server, rejects_to_client,
  outcome, opened, open_start, open_end, client_confidence, counted
FROM split_sessions
