-- One row: a connection: all records of a 5-tuple between two hosts, of every ENI and both directions, stitched over aggregation intervals.
-- Where TCP flags are logged, a new one begins with a SYN, after FIN or RST, after half an hour of silence, or after a minute of it where
-- nobody had answered (retransmissions of a SYN are at most 32 s apart), and with nothing else. Without flags it begins after half an
-- hour of silence (TCP; keep-alives are mostly more frequent) or three minutes (others), or one aggregation interval where that is longer.
-- Packets and bytes are those of records that count (counted of flows); of 2^63 and more the rest is left out. rejects: records, of all ENIs.
-- The client is decided by what all records together say, the first of these that speaks (C = confidence): SYN without ACK, or SYN-ACK
-- (0.95); a known service port on one side only (0.8); a port below the ephemeral range on one side only (0.7); a lone RST, which answers
-- (0.6); only one side sent (0.6); who sent first (0.5; it stands here and not above ports, for AWS says that a start may be a
-- minute late); the lower port (0.4); our side asks (0.2); else the smaller address (0.1).
-- outcome, of what the client asked: answered; refused (a few TCP answers of 40 bytes a packet (60 in IPv6), which have no room for the
-- options of an accepted connection: RST); rejected; reply-rejected; unanswered; unknown (silence at ENIs that show nobody's answers); reply-only (the
-- client sent nothing: backscatter, or the beginning is not in these records).
SELECT
  p.network,
  p.client,
  p.client_network,
  p.client_scope,
  p.client_own,
  s.client_port,
  p.server,
  p.server_network,
  p.server_scope,
  p.server_own,
  s.server_port,
  s.protocol,
  s."start",
  s."end",
  s.packets_to_server,
  s.bytes_to_server,
  s.packets_to_client,
  s.bytes_to_client,
  s.flags_to_server,
  s.flags_to_client,
  s.records,
  s.records_to_server,
  s.records_to_client,
  s.rejects_to_server,
  s.rejects_to_client,
  s.outcome,
  s.opened,
  s.open_start,
  s.open_end,
  s.client_confidence,
  s.counted
FROM stitched_sessions s
JOIN parties p ON p.parties_id = s.parties_id
