#include <stdio.h>
#include <stdlib.h>

FILE *scratch(void) {
    char name[] = "/tmp/job.XXXXXX", path[L_tmpnam];
    // ruleid: c.files.predictable-name
    tmpnam(path);
    // ruleid: c.files.predictable-name
    fopen(mktemp(name), "w");
    // ok: c.files.predictable-name
    int file = mkstemp(name);
    // ok: c.files.predictable-name
    return tmpfile();
}
