"""What makes a series, in pure functions: each takes plain values and knows neither database nor page."""
