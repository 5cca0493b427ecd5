"""
Searches graphs and inverted lists of FAISS on command. EngineServer.java describes the protocol; the kind of an index is a factory
string, and behind a blank how many times as many as those asked for are compared again.
"""

import os
import sys
import threading
import time

try:
    import faiss
    import numpy
except ImportError as e:
    print("missing", e, sep="\t")
    sys.exit()

FILE = "index.faiss"

# How many of those that a graph finds are compared again, by those asked for: codes of a byte hardly need it.
FEW = 2

faiss.omp_set_num_threads(1)


class Engine:
    def __init__(self, index, kind):
        self.index = index
        self.refined = isinstance(index, faiss.IndexRefineFlat)
        self.searched = faiss.downcast_index(index.base_index) if self.refined else index
        self.times = int(kind.split()[1]) if " " in kind else FEW
        self.compares_all = " " not in kind and "RaBitQ" in kind
        self.queries = None
        self.k = 0

    def ask(self, file, k):
        self.queries = numpy.ascontiguousarray(numpy.load(file), dtype=numpy.float32)
        self.k = k

    def set_effort(self, effort):
        if isinstance(self.searched, faiss.IndexIVF):
            self.searched.nprobe = effort
        else:
            self.searched.hnsw.efSearch = effort
        if self.refined:
            self.index.k_factor = max(1, effort / self.k) if self.compares_all else self.times

    def seconds(self, effort, passes):
        """Without what Python adds to a call where that can be helped: checks, and the making of pointers."""
        self.set_effort(effort)
        scores = numpy.empty(self.k, dtype=numpy.float32)
        ids = numpy.empty(self.k, dtype=numpy.int64)
        to_scores, to_ids = faiss.swig_ptr(scores), faiss.swig_ptr(ids)
        pointers = [faiss.swig_ptr(query) for query in self.queries]
        search, k = self.index.search_c, self.k
        start = time.perf_counter()
        for _ in range(passes):
            for pointer in pointers:
                search(1, pointer, k, to_scores, to_ids)
        return time.perf_counter() - start

    def answers(self, effort, file):
        self.set_effort(effort)
        found = [self.index.search(self.queries[i : i + 1], self.k)[1] for i in range(len(self.queries))]
        with open(file, "wb") as out:  # a name would get the ending .npy
            numpy.save(out, numpy.concatenate(found))


def new_index(dimension, kind, ef_construction):
    # RaBitQ takes L2 alone, by which unit vectors have the same neighbours.
    metric = faiss.METRIC_L2 if "RaBitQ" in kind else faiss.METRIC_INNER_PRODUCT
    index = faiss.index_factory(dimension, kind.split()[0], metric)
    searched = Engine(index, kind).searched
    if not isinstance(searched, faiss.IndexIVF):
        searched.hnsw.efConstruction = ef_construction
    return index


def build(base, kind, m, ef_construction, folder):
    global engine
    rows = numpy.ascontiguousarray(numpy.load(base), dtype=numpy.float32)
    before = restart_peak()
    start = time.perf_counter()
    index = new_index(rows.shape[1], kind, int(ef_construction))
    index.train(rows)
    index.add(rows)
    seconds = time.perf_counter() - start
    engine = Engine(index, kind)
    return [seconds, max(0, kibibytes("/proc/self/status", "VmHWM") * 1024 - before)]


def open_index(base, kind, m, ef_construction, folder):
    global engine
    engine = Engine(faiss.read_index(os.path.join(folder, FILE)), kind)
    return []


def restart_peak():
    """See proc(5)."""
    try:
        with open("/proc/self/clear_refs", "w") as out:
            out.write("5")
    except OSError:
        pass
    return kibibytes("/proc/self/status", "VmHWM") * 1024


def kibibytes(file, field):
    try:
        with open(file) as lines:
            for line in lines:
                if line.startswith(field + ":"):
                    return int(line.split()[1])
    except OSError:
        pass  # not Linux
    return 0


def run(verb, *of):
    if verb == "build":
        return build(*of)
    if verb == "save":
        faiss.write_index(engine.index, os.path.join(of[0], FILE))
        return []
    if verb == "open":
        return open_index(*of)
    if verb == "queries":
        engine.ask(of[0], int(of[1]))
        return []
    if verb == "time":
        return [engine.seconds(int(of[0]), int(of[1]))]
    if verb == "answers":
        engine.answers(int(of[0]), of[1])
        return []
    if verb == "memory":
        return [
            kibibytes("/proc/self/status", "RssAnon") * 1024,
            kibibytes("/proc/self/smaps_rollup", "AnonHugePages") * 1024,
        ]
    raise ValueError(f"command = {verb}, expected one that is known")


def reply(*fields):
    print(*fields, sep="\t", flush=True)


engine = None
reply("ready", threading.get_native_id(), f"FAISS {faiss.__version__} ({faiss.get_compile_options().strip()})")
for line in sys.stdin:
    try:
        reply("ok", *run(*line.rstrip("\n").split("\t")))
    except Exception as e:  # whatever it is, the other side has to hear of it
        reply("error", " ".join(repr(e).split()))
