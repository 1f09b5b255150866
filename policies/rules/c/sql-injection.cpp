#include <string>

void find(PGconn *db, const std::string &name, int number) {
    std::string query = "SELECT * FROM users WHERE name = '" + name + "'";
    // ruleid: c.sql.formatted-query
    PQexec(db, query.c_str());
    std::string count = "SELECT count(*) FROM users WHERE number = " + std::to_string(number);
    // ok: c.sql.formatted-query
    PQexec(db, count.c_str());
    // ok: c.sql.formatted-query
    PQexecParams(db, "SELECT * FROM users WHERE name = $1", 1, NULL, values, NULL, NULL, 0);
}
