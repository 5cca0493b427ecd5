"""Searches with FAISS on command: one line in, one line out, fields separated by tabs. ChildSearcher.java describes the protocol."""

import sys
import threading
import time

try:
    import faiss
    import numpy
except ImportError as e:
    print("missing", e, sep="\t")
    sys.exit()

LEVELS = 8
BLOCK = 1024

# faiss.cvar.distance_compute_blas_threshold: from how many queries on a batch is a matrix product.
AS_IT_COMES = faiss.cvar.distance_compute_blas_threshold
ALWAYS = 20


class Searcher:
    def __init__(self, index, queries, threshold):
        self.index = index
        self.queries = queries
        self.threshold = threshold

    def calls(self, queries, batch, threads):
        """The batches of a pass; sets what a search of this index depends on."""
        faiss.omp_set_num_threads(threads)
        faiss.cvar.distance_compute_blas_threshold = self.threshold
        return [self.queries[at : at + batch] for at in range(0, queries, batch)]

    def seconds(self, queries, batch, k, threads, passes):
        calls = self.calls(queries, batch, threads)
        scores = numpy.empty((batch, k), dtype=numpy.float32)
        ids = numpy.empty((batch, k), dtype=numpy.int64)
        search = self.index.search
        start = time.perf_counter()
        for _ in range(passes):
            for call in calls:
                search(call, k, D=scores, I=ids)
        return time.perf_counter() - start

    def answers(self, queries, batch, k, threads, id_file, score_file):
        found = [self.index.search(call, k) for call in self.calls(queries, batch, threads)]
        numpy.save(score_file, numpy.concatenate([scores for scores, _ in found]))
        numpy.save(id_file, numpy.concatenate([ids for _, ids in found]))


def flat(base):
    """The flat index of a file; both settings of it share one."""
    if base not in flats:
        rows = numpy.load(base)
        index = faiss.IndexFlatIP(rows.shape[1])
        index.add(rows)
        flats[base] = index
    return flats[base]


def panorama(base, queries):
    """The pruned index of FAISS, on principal components as its authors use it.

    The rotation is not centred, so inner products stay what they are. Queries are rotated here, outside what is timed, which is
    in favour of this side.
    """
    rows = numpy.load(base)
    _, directions = numpy.linalg.eigh((rows.T @ rows).astype(numpy.float64))
    rotation = numpy.ascontiguousarray(directions[:, ::-1], dtype=numpy.float32)
    index = faiss.IndexFlatIPPanorama(rows.shape[1], LEVELS, BLOCK)
    index.add(rows @ rotation)
    return Searcher(index, queries @ rotation, AS_IT_COMES)


def load(name, kind, base, query_file):
    queries = numpy.load(query_file)
    if kind == "flat":
        searchers[name] = Searcher(flat(base), queries, AS_IT_COMES)
    elif kind == "flat-product":
        searchers[name] = Searcher(flat(base), queries, ALWAYS)
    elif kind == "panorama":
        searchers[name] = panorama(base, queries)
    else:
        raise ValueError(f"kind = {kind}, expected flat, flat-product or panorama")
    return []


def close(name):
    index = searchers.pop(name).index
    if not any(other.index is index for other in searchers.values()):
        for base in [base for base, shared in flats.items() if shared is index]:
            del flats[base]
    return []


def kibibytes(file, field):
    with open(file) as lines:
        for line in lines:
            if line.startswith(field + ":"):
                return int(line.split()[1])
    return 0


def memory():
    try:
        anonymous = kibibytes("/proc/self/status", "RssAnon")
        return [anonymous * 1024, kibibytes("/proc/self/smaps_rollup", "AnonHugePages") * 1024]
    except OSError:
        return [0, 0]


def run(verb, *of):
    if verb == "load":
        return load(*of)
    if verb == "time":
        return [searchers[of[0]].seconds(*map(int, of[1:]))]
    if verb == "answers":
        searchers[of[0]].answers(*map(int, of[1:5]), *of[5:])
        return []
    if verb == "close":
        return close(*of)
    if verb == "memory":
        return memory()
    raise ValueError(f"command = {verb}, expected load, time, answers, close or memory")


def reply(*fields):
    print(*fields, sep="\t", flush=True)


flats = {}
searchers = {}
reply("ready", threading.get_native_id(), f"FAISS {faiss.__version__} ({faiss.get_compile_options().strip()})")
for line in sys.stdin:
    try:
        reply("ok", *run(*line.rstrip("\n").split("\t")))
    except Exception as e:  # whatever it is, the other side has to hear of it
        reply("error", repr(e).replace("\t", " ").replace("\n", " "))
