-- Hundreds of tries to log in by SSH, let in by the security group and refused by the server, or, seldom, rejected at once.
INSERT INTO planted BY NAME
FROM guesses_at(22, CASE WHEN luck(10) < 0.2 THEN 'rejected' ELSE 'accepted' END, whole(11, 11, 50), whole(12, 1500, 5000));
