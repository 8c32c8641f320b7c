"""Taking part without a screen: on paper, at a meeting, by telephone, at the desk; staff type it in."""
