"""Clusters and quantises by FAISS on command. EngineServer.java describes the protocol; files are npy of float32."""

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

# Of all rows that are given, not of a sample of them.
ALL = 1 << 30


def load(file):
    return numpy.ascontiguousarray(numpy.load(file), dtype=numpy.float32)


def cluster(file, count, iterations, out):
    """Seconds on one thread; the centroids go to a file."""
    faiss.omp_set_num_threads(1)
    rows = load(file)
    clustering = faiss.Clustering(rows.shape[1], count)
    clustering.niter = iterations
    clustering.max_points_per_centroid = ALL
    index = faiss.IndexFlatL2(rows.shape[1])
    start = time.perf_counter()
    clustering.train(rows, index)
    seconds = time.perf_counter() - start
    centroids = faiss.vector_to_array(clustering.centroids).reshape(count, -1)
    with open(out, "wb") as target:  # a name would get the ending .npy
        numpy.save(target, centroids)
    return [seconds]


def quantise(file, parts, bits, optimised):
    """The mean of what is lost of a row, squared."""
    faiss.omp_set_num_threads(os.cpu_count())
    rows = load(file)
    turned = rows
    if optimised:
        matrix = faiss.OPQMatrix(rows.shape[1], parts)
        matrix.pq = faiss.ProductQuantizer(rows.shape[1], parts, bits)  # it trains with as many bits
        matrix.train(rows)
        turned = matrix.apply(rows)
    quantiser = faiss.ProductQuantizer(rows.shape[1], parts, bits)
    quantiser.cp.max_points_per_centroid = ALL
    quantiser.train(turned)
    lost = quantiser.decode(quantiser.compute_codes(turned)) - turned  # a rotation keeps lengths
    return [float((lost.astype(numpy.float64) ** 2).sum(axis=1).mean())]


def run(verb, *of):
    if verb == "cluster":
        return cluster(of[0], int(of[1]), int(of[2]), of[3])
    if verb == "quantise":
        return quantise(of[0], int(of[1]), int(of[2]), of[3] == "true")
    raise ValueError(f"command = {verb}, expected one that is known")


def reply(*fields):
    print(*fields, sep="\t", flush=True)


reply("ready", threading.get_native_id(), f"faiss {faiss.__version__}")
for line in sys.stdin:
    try:
        reply("ok", *run(*line.rstrip("\n").split("\t")))
    except Exception as e:  # whatever it is, the other side has to hear of it
        reply("error", " ".join(repr(e).split()))
