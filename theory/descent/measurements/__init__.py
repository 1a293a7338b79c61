"""The claims, measured: ``scene`` what a run leaves, ``values`` a claim's trees evaluated on it, ``scenes`` the runs,
``route`` the evidence."""
