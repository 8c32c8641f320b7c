"""What people say and choose: comments, positions, conditions, replies, votes."""
