// Searches a graph of hnswlib on command. EngineServer.java describes the protocol.

#include <hnswlib/hnswlib.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <limits>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <sys/syscall.h>
#include <unistd.h>
#include <vector>

using Clock = std::chrono::steady_clock;
using Graph = hnswlib::HierarchicalNSW<float>;
using Fields = std::vector<std::string>;

constexpr size_t SEED = 1;
constexpr size_t NPY_PREFIX = 10;  // magic, version, length of the header
const char* const FILE_NAME = "/index.hnswlib";

struct Matrix {
    size_t rows = 0;
    size_t columns = 0;
    std::vector<float> values;

    const float* row(size_t i) const { return values.data() + i * columns; }
};

// An npy file of float32 as our other side writes it: version 1, little-endian, row-major.
Matrix read(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    unsigned char prefix[NPY_PREFIX];
    if (!in.read(reinterpret_cast<char*>(prefix), NPY_PREFIX) || prefix[0] != 0x93 || prefix[6] != 1) {
        throw std::runtime_error(file + " is no npy file of version 1");
    }
    std::string header(prefix[8] + 256 * prefix[9], ' ');
    in.read(&header[0], header.size());
    size_t shape = header.find("'shape': (");
    Matrix matrix;
    if (header.find("'<f4'") == std::string::npos || header.find("'fortran_order': False") == std::string::npos
        || shape == std::string::npos
        || std::sscanf(header.c_str() + shape, "'shape': (%zu, %zu", &matrix.rows, &matrix.columns) != 2) {
        throw std::runtime_error(file + " holds no matrix of float32: " + header);
    }
    matrix.values.resize(matrix.rows * matrix.columns);
    if (!in.read(reinterpret_cast<char*>(matrix.values.data()), matrix.values.size() * sizeof(float))) {
        throw std::runtime_error(file + " ends early");
    }
    return matrix;
}

void write(const std::string& file, const std::vector<int64_t>& ids, size_t columns) {
    std::string header = "{'descr': '<i8', 'fortran_order': False, 'shape': (" + std::to_string(ids.size() / columns)
        + ", " + std::to_string(columns) + "), }";
    while ((NPY_PREFIX + header.size() + 1) % 64 != 0) {
        header += ' ';
    }
    header += '\n';
    std::ofstream out(file, std::ios::binary);
    out << "\x93NUMPY" << '\x01' << '\0';
    out << static_cast<char>(header.size() % 256) << static_cast<char>(header.size() / 256) << header;
    out.write(reinterpret_cast<const char*>(ids.data()), ids.size() * sizeof(int64_t));
    if (!out) {
        throw std::runtime_error(file + " cannot be written");
    }
}

// A field in kibibytes of a file of /proc, in bytes; 0 where there is none.
long long bytes(const char* file, const std::string& field) {
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
        if (line.compare(0, field.size() + 1, field + ":") == 0) {
            return 1024 * std::atoll(line.c_str() + field.size() + 1);
        }
    }
    return 0;
}

class Engine {
    std::unique_ptr<hnswlib::InnerProductSpace> space;
    std::unique_ptr<Graph> graph;
    Matrix queries;
    size_t k = 0;

public:
    Fields build(const Fields& of) {
        Matrix base = read(of.at(1));
        std::ofstream("/proc/self/clear_refs") << "5";  // the peak begins anew, see proc(5)
        long long before = bytes("/proc/self/status", "VmHWM");
        auto start = Clock::now();
        graph.reset();
        space.reset(new hnswlib::InnerProductSpace(base.columns));
        graph.reset(new Graph(space.get(), base.rows, std::stoul(of.at(3)), std::stoul(of.at(4)), SEED));
        for (size_t i = 0; i < base.rows; i++) {
            graph->addPoint(base.row(i), i);
        }
        return {seconds(start), std::to_string(std::max(0ll, bytes("/proc/self/status", "VmHWM") - before))};
    }

    void save(const std::string& folder) { graph->saveIndex(folder + FILE_NAME); }

    void open(const Fields& of) {
        graph.reset();
        space.reset(new hnswlib::InnerProductSpace(read(of.at(1)).columns));
        graph.reset(new Graph(space.get(), of.at(5) + FILE_NAME));
    }

    void ask(const Fields& of) {
        queries = read(of.at(1));
        k = std::stoul(of.at(2));
    }

    Fields time(size_t effort, int passes) {
        graph->setEf(effort);
        size_t found = 0;
        auto start = Clock::now();
        for (int pass = 0; pass < passes; pass++) {
            for (size_t i = 0; i < queries.rows; i++) {
                found += graph->searchKnn(queries.row(i), k).size();
            }
        }
        Fields took = {seconds(start)};
        if (found == 0) {
            throw std::runtime_error("found = 0, expected neighbours");
        }
        return took;
    }

    void answers(size_t effort, const std::string& file) {
        graph->setEf(effort);
        std::vector<int64_t> ids(queries.rows * k, -1);
        for (size_t i = 0; i < queries.rows; i++) {
            auto found = graph->searchKnn(queries.row(i), k);
            for (size_t place = found.size(); place-- > 0; found.pop()) {  // the farthest comes first
                ids[i * k + place] = static_cast<int64_t>(found.top().second);
            }
        }
        write(file, ids, k);
    }

private:
    static std::string seconds(Clock::time_point start) {
        std::ostringstream text;
        text.precision(std::numeric_limits<double>::max_digits10);
        text << std::chrono::duration<double>(Clock::now() - start).count();
        return text.str();
    }
};

Fields run(Engine& engine, const Fields& of) {
    const std::string& verb = of.at(0);
    if (verb == "build") {
        return engine.build(of);
    }
    if (verb == "time") {
        return engine.time(std::stoul(of.at(1)), std::stoi(of.at(2)));
    }
    if (verb == "memory") {
        return {std::to_string(bytes("/proc/self/status", "RssAnon")),
                std::to_string(bytes("/proc/self/smaps_rollup", "AnonHugePages"))};
    }
    if (verb == "save") {
        engine.save(of.at(1));
    } else if (verb == "open") {
        engine.open(of);
    } else if (verb == "queries") {
        engine.ask(of);
    } else if (verb == "answers") {
        engine.answers(std::stoul(of.at(1)), of.at(2));
    } else {
        throw std::runtime_error("command = " + verb + ", expected one that is known");
    }
    return {};
}

int main(int, char** argv) {
    // Replies go where standard output went; the library prints to standard output as well.
    std::ostream replies(std::cout.rdbuf());
    std::cout.rdbuf(std::cerr.rdbuf());
    replies << "ready\t" << syscall(SYS_gettid) << "\t" << argv[1] << std::endl;
    Engine engine;
    for (std::string line; std::getline(std::cin, line);) {
        Fields fields;
        std::istringstream in(line);
        for (std::string field; std::getline(in, field, '\t');) {
            fields.push_back(field);
        }
        try {
            Fields result = run(engine, fields);
            replies << "ok";
            for (const std::string& field : result) {
                replies << "\t" << field;
            }
        } catch (const std::exception& e) {
            replies << "error\t" << e.what();
        }
        replies << std::endl;
    }
}
