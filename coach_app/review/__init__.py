"""What was played, looked at afterwards: which moves cost most, what would have been better, and what comes again.

Knows no Qt.
"""
