"""May the answer of an earlier run be taken for the answer of this one?

What a scanner said of one file is kept under everything that its answer depends on: the file's SHA-256, language
and suffix, the scanner, its version, flags and rules, and our own code that reads its report. A kept answer
therefore equals a fresh one, or it is not found. Only what a run repeats is kept: findings, and syntax that a
scanner does not know; never time-outs, lack of memory or a file that it kept silent about.

**Who could write a false answer?** A CI cache is restored from wherever a job stored it, also a contractor's job
on a branch, or a build step on the main branch that runs their code. A folder of a checkout holds what the change
put there. So nothing is believed for where it lies or whom it belongs to: every entry is sealed (AES-256-GCM,
bound to the name it is looked up by) with a key that such jobs do not have. Without the key, entries can be
deleted, damaged or put back as they once were; all of this costs time only, because an old entry answers the same
question. The names are keyed, too, and the entries unreadable: scanners quote what they find, passwords as well.

**Where is the key?** `OUTSOURCE_GATE_CACHE_KEY`, a secret of a protected environment; else the key that signs the
record, by derivation; else, on somebody's own machine, a random one in their home, outside every checkout. A CI
job has no such home: without a key it uses no cache. Whoever can read the key, or start programs as the user who
runs the gate, can change the gate itself as well: this protects nothing there.
"""
