; A program that is piped in and ends too early.
