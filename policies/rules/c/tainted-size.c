#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

struct item *receive(int client) {
    uint32_t count, length;
    char *text = argument();
    read(client, &count, sizeof count);
    unsigned many = ntohl(count);
    // ruleid: c.memory.size-overflow
    struct item *items = malloc(many * sizeof(struct item));
    int more = atoi(text);
    // ruleid: c.memory.size-overflow
    items = realloc(items, more * 16);
    size_t bytes = many * sizeof(struct item);
    // ruleid: c.memory.size-overflow
    items = malloc(bytes);
    // ok: c.memory.size-overflow
    items = calloc(many, sizeof(struct item));
    // ok: c.memory.size-overflow
    items = malloc(20 * sizeof(struct item));
    if (many > 1000) {
        return NULL;
    }
    // ok: c.memory.size-overflow
    return malloc(many * sizeof(struct item));
}

void fill(char *packet, char *text) {
    char target[100];
    size_t length = ntohs(*(uint16_t *)packet);
    // ruleid: c.memory.length-from-input
    memcpy(target, packet + 2, length);
    int wanted = atoi(text);
    // ruleid: c.memory.length-from-input
    read(0, target, wanted);
    // ok: c.memory.length-from-input
    memcpy(target, packet, sizeof target);
    char *exact = malloc(length);
    // ok: c.memory.length-from-input
    memcpy(exact, packet + 2, length);
    if (length > sizeof target) return;
    // ok: c.memory.length-from-input
    memcpy(target, packet + 2, length);
}

void stack(char *text) {
    int wanted = atoi(text);
    // ruleid: c.memory.stack-from-input
    char *space = alloca(wanted);
    // ruleid: c.memory.stack-from-input
    char array[wanted];
    // ok: c.memory.stack-from-input
    char fixed[128];
    // ok: c.memory.stack-from-input
    char *heap = malloc(wanted);
    if (wanted > 128) {
        return;
    }
    // ok: c.memory.stack-from-input
    char *small = alloca(wanted);
}
