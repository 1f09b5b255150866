#include <cstdlib>
#include <iostream>
#include <string>

int main(int argc, char **argv) {
    std::string command = "convert " + std::string(argv[1]);
    // ruleid: c.process.command-injection
    std::system(command.c_str());
    std::string name;
    std::getline(std::cin, name);
    // ruleid: c.process.command-injection
    popen(name.c_str(), "r");
    // ruleid: c.process.command-injection
    ::system(argv[1]);
    int count = std::stoi(argv[2]);
    // ok: c.process.command-injection
    std::system(("sleep " + std::to_string(std::stoi(argv[2]))).c_str());
}
