package dev.vicino.bench.exact;

import dev.vicino.bench.data.DataSet;
import dev.vicino.bench.race.Child;
import dev.vicino.bench.race.Launch;
import java.io.IOException;
import java.util.Map;

/** PyTorch on the card of this machine, by a script of ours in a Python process: cuBLAS and topk, and what the card can do at all. */
final class Torch {
    private Torch() {}

    /**
     * Starts the process.
     *
     * @param python the command that runs Python 3
     * @throws IOException when there is no such command, or it has no PyTorch that finds a card
     */
    static Child start(String python) throws IOException {
        return Child.start("PyTorch", Launch.python(python, Torch.class, "torch_child.py"), Map.of());
    }

    /** Inner products in single precision, and the k largest. */
    static Searcher search(Child torch, DataSet data) throws IOException {
        return ChildSearcher.load(torch, "PyTorch, cuBLAS and topk", "topk", data, true);
    }

    /** Reading the rows of a data set on the card once a call, 16 bits a value. */
    static CardCeiling reading(Child torch, DataSet data) throws IOException {
        Searcher reader = ChildSearcher.load(torch, "reading the rows on the card", "read", data, true);
        return new CardCeiling(reader, "GB/s", call -> 2e-9 * data.vectors() * data.dimension() * call.count());
    }

    /** Multiplying all queries by all rows, 16 bits a value. */
    static CardCeiling multiplying(Child torch, DataSet data) throws IOException {
        Searcher multiplier = ChildSearcher.load(torch, "multiplying on the card", "multiply", data, true);
        return new CardCeiling(
                multiplier, "GFLOP/s", call -> 2e-9 * data.vectors() * data.dimension() * call.queries());
    }
}
