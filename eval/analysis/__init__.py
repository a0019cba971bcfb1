"""What a run says, and several of them: figures with their intervals, decisions, times, reach, failures, changes."""
