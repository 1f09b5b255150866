def raise_all(values):
    i = 0
    # ruleid: python.sequence.off-by-one
    while i <= len(values):
        values[i] += 1
        i += 1
    # ruleid: python.sequence.off-by-one
    for j in range(len(values) + 1):
        print(values[j])
    # ok: python.sequence.off-by-one
    while i < len(values):
        values[i] += 1
        i += 1
    # ok: python.sequence.off-by-one
    for j in range(len(values) + 1):
        print(values[:j])
    # ok: python.sequence.off-by-one
    for j in range(len(values)):
        print(values[j])
