"""For tests of one's own: strategies over domains, agreement with a closed form, the pytest plugin."""
