#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
    char line[256], word[256], command[300], *all = NULL;
    // ruleid: c.process.command-injection
    system(argv[1]);
    sprintf(command, "tar xf %s", argv[1]);
    // ruleid: c.process.command-injection
    system(command);
    fgets(word, sizeof word, stdin);
    // ruleid: c.process.command-injection
    execl("/bin/sh", "sh", "-c", word, NULL);
    if (asprintf(&all, "ls %s", getenv("FOLDER")) < 0) return 1;
    // ruleid: c.process.command-injection
    FILE *pipe = popen(all, "r");
    int port = atoi(argv[2]);
    snprintf(line, sizeof line, "fuser %d/tcp", port);
    // ok: c.process.command-injection
    system(line);
    // ok: c.process.command-injection
    execl("/usr/bin/tar", "tar", "xf", argv[1], NULL);
    // ok: c.process.command-injection
    return system("/usr/bin/sync");
}

void serve(int client) {
    char text[128], word[160];
    ssize_t size = recv(client, text, sizeof text - 1, 0);
    strcpy(word, text);
    // ruleid: c.process.command-injection
    system(word);
    if (strcmp(text, "status") == 0) {
        // ok: c.process.command-injection
        popen(text, "r");
    }
    // ruleid: c.process.program-from-input
    execv(text, NULL);
}

void *load(void) {
    char *name = getenv("MODULE");
    // ruleid: c.process.program-from-input
    void *module = dlopen(name, RTLD_NOW);
    char *editor = getenv("EDITOR");
    // ok: c.process.program-from-input
    execlp(editor, editor, "notes.txt", NULL);
    // ok: c.process.program-from-input
    return dlopen("libz.so.1", RTLD_NOW);
}
