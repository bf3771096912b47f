-- Hundreds of tries to log in by FTP, telnet, VNC, WinRM or SMB; none succeeds.
INSERT INTO planted BY NAME
FROM guesses_at(
  pick(13, [21, 23, 445, 5900, 5985, 5986]),
  CASE WHEN luck(10) < 0.2 THEN 'rejected' ELSE 'accepted' END,
  whole(11, 9, 40),
  whole(12, 900, 4000)
);
