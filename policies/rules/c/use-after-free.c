#include <stdlib.h>

void late(struct node *node, char *text) {
    free(node);
    // ruleid: c.memory.use-after-free
    node->count = 1;
    free(text);
    // ruleid: c.memory.use-after-free
    free(text);
}

int branch(struct node *node, char *text) {
    if (node->broken) {
        free(node);
        return -1;
    }
    // ok: c.memory.use-after-free
    node->count = 1;
    free(text);
    text = NULL;
    // ok: c.memory.use-after-free
    free(text);
    again(&text);
    // ok: c.memory.use-after-free
    puts(text);
    return 0;
}

void list(struct node *node) {
    while (node) {
        struct node *next = node->next;
        free(node->name);
        // ok: c.memory.use-after-free, c.memory.double-free-of-field
        free(node);
        node = next;
    }
}

void twice(struct node *node) {
    // ruleid: c.memory.double-free-of-field
    free(node->name);
    node->count = 0;
    free(node->name);
    // ruleid: c.memory.double-free-of-field
    free(node->text);
    if (node->count) log(node);
    free(node->text);
}

void once(struct node *node) {
    // ok: c.memory.double-free-of-field
    free(node->name);
    node->name = NULL;
    free(node->name);
    // ok: c.memory.double-free-of-field
    free(node->left);
    free(node->right);
}
