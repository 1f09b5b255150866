"""Does a policy say what its writers think it says? Cases in words or from records, judged by the real gates."""
