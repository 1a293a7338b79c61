"""Statistical tests with stated power, reproducible chunks of work, quadrature rules, the frame of an experiment."""
