"""Attendance as people meet it: a teacher's roll, the office's board, a student's year, a school's trend."""
