-- Hundreds of tries to log in by RDP, let in by the security group and refused by the server, or, seldom, rejected at once.
INSERT INTO planted BY NAME
FROM guesses_at(3389, CASE WHEN luck(10) < 0.2 THEN 'rejected' ELSE 'accepted' END, whole(11, 20, 50), whole(12, 2500, 7800));
