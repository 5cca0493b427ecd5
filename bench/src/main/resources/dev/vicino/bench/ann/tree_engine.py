"""Searches trees of scipy and scikit-learn on command. EngineServer.java describes the protocol; the kind of a tree is its class."""

import sys
import threading
import time

try:
    import numpy
    import scipy
    import sklearn
    from scipy.spatial import cKDTree
    from sklearn.neighbors import BallTree, KDTree
except ImportError as e:
    print("missing", e, sep="\t")
    sys.exit()

# What each library takes unless told.
LEAF = {"cKDTree": 16, "KDTree": 40, "BallTree": 40}


class Engine:
    """All queries are one call, whose compiled loop asks one after the other: no call of Python's is paid for."""

    def __init__(self, kind, rows):
        if kind == "cKDTree":
            tree = cKDTree(rows, leafsize=LEAF[kind])
            self.search = lambda queries, k: tree.query(queries, k=k, workers=1)[1]
        else:
            tree = {"KDTree": KDTree, "BallTree": BallTree}[kind](rows, leaf_size=LEAF[kind])
            self.search = lambda queries, k: tree.query(queries, k=k, return_distance=False)

    def ask(self, file, k):
        self.queries = numpy.ascontiguousarray(numpy.load(file), dtype=numpy.float64)
        self.k = k

    def seconds(self, passes):
        start = time.perf_counter()
        for _ in range(passes):
            self.search(self.queries, self.k)
        return time.perf_counter() - start

    def answers(self, file):
        with open(file, "wb") as out:  # a name would get the ending .npy
            numpy.save(out, self.search(self.queries, self.k).astype(numpy.int64))


def run(verb, *of):
    global engine
    if verb == "build":
        rows = numpy.ascontiguousarray(numpy.load(of[0]), dtype=numpy.float64)
        start = time.perf_counter()
        engine = Engine(of[1], rows)
        return [time.perf_counter() - start, 0]
    if verb == "queries":
        engine.ask(of[0], int(of[1]))
        return []
    if verb == "time":
        return [engine.seconds(int(of[1]))]
    if verb == "answers":
        engine.answers(of[1])
        return []
    raise ValueError(f"command = {verb}, expected one that is known")


def reply(*fields):
    print(*fields, sep="\t", flush=True)


engine = None
reply("ready", threading.get_native_id(), f"scipy {scipy.__version__}, scikit-learn {sklearn.__version__}")
for line in sys.stdin:
    try:
        reply("ok", *run(*line.rstrip("\n").split("\t")))
    except Exception as e:  # whatever it is, the other side has to hear of it
        reply("error", " ".join(repr(e).split()))
