#include <stdio.h>
#include <syslog.h>

int main(int argc, char **argv) {
    char text[100];
    // ruleid: c.format.from-input, c.format.variable
    printf(argv[1]);
    snprintf(text, sizeof text, "user %s", argv[1]);
    // ruleid: c.format.from-input, c.format.variable
    syslog(LOG_INFO, text);
    // ok: c.format.from-input, c.format.variable
    printf("%s", argv[1]);
    // ok: c.format.from-input
    fprintf(stderr, "%d\n", atoi(argv[2]));
    return 0;
}

void say(const char *message, struct job *job) {
    const char usage[] = "usage: job FILE\n";
    // ruleid: c.format.variable
    printf(message);
    // ruleid: c.format.variable
    fprintf(stderr, job->name);
    // ok: c.format.variable
    printf(usage);
    // ok: c.format.variable
    printf(USAGE);
    // ok: c.format.variable
    printf(_("done\n"));
    // ok: c.format.variable
    fprintf(stderr, message, job->count);
}
