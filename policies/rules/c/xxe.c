#include <libxml/parser.h>

void load(const char *text, int size, const char *name) {
    // ruleid: c.libxml.entities
    xmlReadMemory(text, size, NULL, NULL, XML_PARSE_NOENT | XML_PARSE_NONET);
    // ruleid: c.libxml.entities
    xmlReadFile(name, NULL, XML_PARSE_DTDLOAD);
    // ok: c.libxml.entities
    xmlReadMemory(text, size, NULL, NULL, XML_PARSE_NONET);
    // ok: c.libxml.entities
    xmlReadFile(name, NULL, 0);
}
