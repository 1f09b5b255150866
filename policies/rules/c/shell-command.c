#include <stdio.h>
#include <stdlib.h>

void run(const char *step) {
    char command[200];
    snprintf(command, sizeof command, "/opt/run %s", step);
    // ruleid: c.process.system-call
    system(command);
    // ruleid: c.process.system-call
    FILE *pipe = popen(step, "r");
    // ok: c.process.system-call
    popen("/usr/bin/uptime", "r");
    // ok: c.process.system-call
    if (system(NULL)) puts("there is a shell");
}
