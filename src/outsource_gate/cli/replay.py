"""`replay`: judge the recorded facts again and compare the decision."""
