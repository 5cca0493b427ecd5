"""Searches with PyTorch on a card on command: one line in, one line out, fields separated by tabs. ChildSearcher.java describes the protocol.

Inner products by cuBLAS in single precision, then torch.topk. What is timed goes from queries in main memory to neighbours in main
memory, as on the other side.
"""

import sys
import threading
import time

try:
    import numpy
    import torch
except ImportError as e:
    print("missing", e, sep="\t")
    sys.exit()

if not torch.cuda.is_available():
    print("missing", "a card that PyTorch can use", sep="\t")
    sys.exit()

# A matrix of scores has no more than these: 4 GiB.
MAX_SCORES = 1 << 30

torch.backends.cuda.matmul.allow_tf32 = False


class Searcher:
    """cuBLAS and topk."""

    def __init__(self, rows, queries):
        self.rows = rows.T
        self.queries = queries
        self.most = max(1, MAX_SCORES // rows.shape[0])

    def search(self, queries, k):
        parts = []
        for part in torch.split(queries, self.most):
            scores, ids = torch.topk(part.cuda() @ self.rows, k)
            parts.append((scores.cpu(), ids.cpu()))
        return torch.cat([scores for scores, _ in parts]), torch.cat([ids for _, ids in parts])


class Reader:
    """What reading all rows takes, in the 16 bits a value that a search reads at least."""

    def __init__(self, rows, queries):
        self.rows = rows.half()
        self.queries = queries

    def search(self, queries, k):
        return self.rows.sum(dtype=torch.float32).item()


class Multiplier:
    """What multiplying takes, 16 bits a value with sums in single precision."""

    def __init__(self, rows, queries):
        self.rows = rows.half().T
        self.queries = queries
        self.most = max(1, MAX_SCORES // rows.shape[0])

    def search(self, queries, k):
        for part in torch.split(queries, self.most):
            part.cuda().half() @ self.rows
        torch.cuda.synchronize()


KINDS = {"topk": Searcher, "read": Reader, "multiply": Multiplier}


def load(name, kind, base, query_file):
    rows = torch.from_numpy(numpy.load(base)).cuda()
    searchers[name] = KINDS[kind](rows, torch.from_numpy(numpy.load(query_file)))
    return []


def calls(searcher, queries, batch):
    return [searcher.queries[at : at + batch] for at in range(0, queries, batch)]


def seconds(name, queries, batch, k, threads, passes):
    searcher = searchers[name]
    batches = calls(searcher, queries, batch)
    torch.cuda.synchronize()
    start = time.perf_counter()
    for _ in range(passes):
        for call in batches:
            searcher.search(call, k)
    return time.perf_counter() - start


def answers(name, queries, batch, k, threads, id_file, score_file):
    searcher = searchers[name]
    found = [searcher.search(call, k) for call in calls(searcher, queries, batch)]
    numpy.save(score_file, torch.cat([scores for scores, _ in found]).numpy())
    numpy.save(id_file, torch.cat([ids for _, ids in found]).numpy())


def close(name):
    del searchers[name]
    torch.cuda.empty_cache()
    return []


def run(verb, *of):
    if verb == "load":
        return load(*of)
    if verb == "time":
        return [seconds(of[0], *map(int, of[1:]))]
    if verb == "answers":
        answers(of[0], *map(int, of[1:5]), *of[5:])
        return []
    if verb == "close":
        return close(*of)
    if verb == "memory":
        return [torch.cuda.memory_allocated(), 0]
    raise ValueError(f"command = {verb}, expected load, time, answers, close or memory")


def reply(*fields):
    print(*fields, sep="\t", flush=True)


searchers = {}
reply("ready", threading.get_native_id(), f"PyTorch {torch.__version__} on {torch.cuda.get_device_name()}")
for line in sys.stdin:
    try:
        reply("ok", *run(*line.rstrip("\n").split("\t")))
    except Exception as e:  # whatever it is, the other side has to hear of it
        reply("error", repr(e).replace("\t", " ").replace("\n", " "))
