#include <memory>

void late(Node *node) {
    delete node;
    // ruleid: c.memory.use-after-free
    node->close();
}

void owned(std::unique_ptr<Node> node, Node *&slot) {
    // ok: c.memory.use-after-free
    node->close();
    delete slot;
    slot = new Node();
    // ok: c.memory.use-after-free
    slot->close();
}
