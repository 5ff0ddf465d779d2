; A program that is piped in: its lines can be shown, though the program reads some of them.
