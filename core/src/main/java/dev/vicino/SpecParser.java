package dev.vicino;

import dev.vicino.IndexSpec.Auto;
import dev.vicino.IndexSpec.BallTree;
import dev.vicino.IndexSpec.Code;
import dev.vicino.IndexSpec.Device;
import dev.vicino.IndexSpec.Flat;
import dev.vicino.IndexSpec.Float16;
import dev.vicino.IndexSpec.Float32;
import dev.vicino.IndexSpec.Hnsw;
import dev.vicino.IndexSpec.Int8;
import dev.vicino.IndexSpec.Ivf;
import dev.vicino.IndexSpec.KdTree;
import dev.vicino.IndexSpec.Navigator;
import dev.vicino.IndexSpec.Product;
import dev.vicino.IndexSpec.Projected;
import dev.vicino.IndexSpec.RaBitQ;
import dev.vicino.IndexSpec.Refine;
import dev.vicino.IndexSpec.Rotation;
import dev.vicino.tree.TreeParameters;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a spec: its parts as the choices they stand for. */
final class SpecParser {
    /** What may be looked in. */
    static final String NAVIGATORS = "Flat, KDTree, BallTree, HNSW<M>, IVF<nlist>, IVF<nlist>_HNSW<M> or Auto";

    /** Where a navigator is named without its number. */
    private static final int DEFAULT_M = 16;

    private static final Pattern LISTS = Pattern.compile("IVF(?<nlist>[0-9]+)(?<graph>_HNSW(?<m>[0-9]*))?");

    private static final Pattern OPTIMISED = Pattern.compile("OPQ(?<m>[0-9]*)(_(?<d>[0-9]+))?");

    private static final Pattern PRODUCT = Pattern.compile("PQ(?<m>[0-9]+)(?<fast>x4fs)?(?<residual>r)?");

    private final SpecText text;
    private final List<SpecPart> parts;
    private int next;

    SpecParser(String text) {
        this.text = new SpecText(text);
        this.parts = this.text.parts();
    }

    IndexSpec spec() {
        boolean normalised = take(part -> part.name().equals("L2norm")) != null;
        SpecPart projection = take(part -> part.isNamed("PCA"));
        SpecPart turn = take(part -> part.name().equals("RR") || part.matches(OPTIMISED));
        if (next == parts.size()) {
            throw text.error(text.end(), "a part is missing, expected " + NAVIGATORS);
        }
        Navigator navigator = navigator(parts.get(next++));
        Code code = projected(projection, turn, turned(turn, hasCode(navigator) ? code() : new Float32()));
        Refine refine = code instanceof Float32 ? Refine.NONE : refine();
        if (next < parts.size()) {
            SpecPart rest = parts.get(next);
            throw rest.error("'" + rest.name() + "' is not understood after "
                    + parts.get(next - 1).name() + ", expected " + expected(navigator, code, refine));
        }
        Code whole = code;
        return checked(parts.get(parts.size() - 1), () -> new IndexSpec(navigator, whole, refine, normalised));
    }

    /** The next part if it is wanted, without options; null where it is not. */
    private @Nullable SpecPart take(Predicate<SpecPart> wanted) {
        if (next == parts.size() || !wanted.test(parts.get(next))) {
            return null;
        }
        SpecPart part = parts.get(next++);
        part.allow();
        return part;
    }

    private Code projected(@Nullable SpecPart projection, @Nullable SpecPart turn, Code code) {
        String kept = turn == null ? "" : turn.group(OPTIMISED, "d");
        if (turn == null || kept.isEmpty()) {
            return projection == null
                    ? code
                    : checked(projection, () -> new Projected(projection.suffix("PCA", 0), code));
        }
        if (projection != null) {
            throw turn.error("the number of components is given twice, expected OPQ<m> after " + projection.name());
        }
        return checked(turn, () -> new Projected(turn.number(kept), code));
    }

    private Code turned(@Nullable SpecPart turn, Code code) {
        if (turn == null) {
            return code;
        }
        if (!(code instanceof Product(Rotation none, int m, int bits, boolean residual))) {
            throw turn.error("'" + turn.name() + "' is of no use to " + code + ", expected PQ<m> behind it");
        }
        boolean random = turn.name().equals("RR");
        String parts = turn.group(OPTIMISED, "m");
        if (!parts.isEmpty() && turn.number(parts) != m) {
            throw turn.error("'" + turn.name() + "' goes with as many parts, expected OPQ" + m);
        }
        return new Product(random ? Rotation.RANDOM : Rotation.OPTIMISED, m, bits, residual);
    }

    private String expected(Navigator navigator, Code code, Refine refine) {
        if (!hasCode(navigator) || refine != Refine.NONE) {
            return "the end";
        }
        if (code instanceof Float32) {
            return parts.get(next - 1).name().equals("Flat")
                    ? "the end"
                    : "FP16, SQ8, PQ<m>, PQ<m>x4fs, RaBitQ<bits> or the end";
        }
        return "Refine(Flat), Refine(FP16), Refine(SQ8) or the end";
    }

    private Navigator navigator(SpecPart part) {
        if (part.name().equals("Flat")) {
            part.allow("prune", "device");
            return flat(part);
        }
        if (part.name().equals("KDTree")) {
            return new KdTree(leaf(part, KdTree.DEFAULT_LEAF));
        }
        if (part.name().equals("BallTree")) {
            return new BallTree(leaf(part, BallTree.DEFAULT_LEAF));
        }
        if (part.isNamed("HNSW")) {
            part.allow("efConstruction", "extendCandidates", "keepPrunedConnections", "seed", "efSearch");
            return hnsw(part);
        }
        if (part.matches(LISTS)) {
            part.allow("iterations", "seed", "nprobe");
            return ivf(part);
        }
        if (part.name().equals("Auto")) {
            part.allow(GoalWords.ALL);
            return auto(part);
        }
        throw part.error("'" + part.name() + "' is not understood, expected " + NAVIGATORS);
    }

    private Flat flat(SpecPart part) {
        Device device = checked(part, () -> Device.parse(part.word("device", "cpu")));
        boolean prune = part.flag("prune", device == Device.CPU);
        return checked(part, () -> new Flat(prune, device));
    }

    private static boolean hasCode(Navigator navigator) {
        return navigator instanceof Hnsw || navigator instanceof Ivf;
    }

    private Ivf ivf(SpecPart part) {
        int iterations = number(part, "iterations", Ivf.DEFAULT_ITERATIONS, Ivf.MAX_ITERATIONS);
        long seed = part.number("seed", Hnsw.DEFAULT_SEED);
        int nlist = part.number(part.group(LISTS, "nlist"));
        int m = part.group(LISTS, "graph").isEmpty() ? 0 : links(part);
        int nprobe = number(part, "nprobe", Ivf.DEFAULT_NPROBE, Ivf.MAX_NLIST);
        return checked(part, () -> new Ivf(nlist, iterations, seed, nprobe, m));
    }

    /** Of a graph over centroids. */
    private static int links(SpecPart part) {
        String digits = part.group(LISTS, "m");
        int links = digits.isEmpty() ? DEFAULT_M : part.number(digits);
        if (links == 0) {
            throw part.error("M = 0, expected 2.." + Hnsw.MAX_M);
        }
        return links;
    }

    private Auto auto(SpecPart part) {
        return checked(part, () -> new Auto(GoalWords.goals(part.words())));
    }

    private int leaf(SpecPart part, int otherwise) {
        part.allow("leaf");
        long leaf = part.number("leaf", otherwise);
        if (leaf < TreeParameters.MIN_LEAF || leaf > TreeParameters.MAX_LEAF) {
            throw part.error(
                    "leaf = " + leaf + ", expected " + TreeParameters.MIN_LEAF + ".." + TreeParameters.MAX_LEAF);
        }
        return (int) leaf;
    }

    private Hnsw hnsw(SpecPart part) {
        int m = part.suffix("HNSW", DEFAULT_M);
        int ef = number(part, "efConstruction", Math.max(m, Hnsw.DEFAULT_EF), Hnsw.MAX_EF);
        int efSearch = number(part, "efSearch", Hnsw.DEFAULT_EF_SEARCH, Hnsw.MAX_EF);
        boolean extend = part.flag("extendCandidates", false);
        boolean keep = part.flag("keepPrunedConnections", false);
        long seed = part.number("seed", Hnsw.DEFAULT_SEED);
        return checked(part, () -> new Hnsw(m, ef, extend, keep, seed, efSearch));
    }

    private int number(SpecPart part, String option, int otherwise, int most) {
        long number = part.number(option, otherwise);
        if (number != (int) number) {
            throw part.error(option + " = " + number + ", expected at most " + most);
        }
        return (int) number;
    }

    private <T> T checked(SpecPart part, Supplier<T> parts) {
        try {
            return parts.get();
        } catch (IllegalArgumentException e) {
            throw part.error(String.valueOf(e.getMessage()));
        }
    }

    private Code code() {
        if (next == parts.size()) {
            return new Float32();
        }
        SpecPart part = parts.get(next);
        Code code = new Float32();
        if (part.name().equals("FP16")) {
            code = new Float16();
        } else if (part.name().equals("SQ8")) {
            code = new Int8();
        } else if (part.isNamed("RaBitQ")) {
            code = rabitq(part);
        } else if (part.matches(PRODUCT)) {
            code = product(part);
        } else if (!part.name().equals("Flat")) {
            return code; // the caller says what is wrong with it
        }
        part.allow();
        next++;
        return code;
    }

    private Code product(SpecPart part) {
        int m = part.number(part.group(PRODUCT, "m"));
        int bits = part.group(PRODUCT, "fast").isEmpty() ? Byte.SIZE : Byte.SIZE / 2;
        boolean residual = !part.group(PRODUCT, "residual").isEmpty();
        return checked(part, () -> new Product(Rotation.NONE, m, bits, residual));
    }

    private Code rabitq(SpecPart part) {
        int bits = part.suffix("RaBitQ", 1);
        return checked(part, () -> new RaBitQ(bits));
    }

    private Refine refine() {
        if (next == parts.size()) {
            return Refine.NONE;
        }
        SpecPart part = parts.get(next);
        if (part.name().equals("RFlat")) {
            part.allow();
            next++;
            return Refine.FLAT;
        }
        if (!part.name().equals("Refine")) {
            return Refine.NONE; // the caller says what is wrong with it
        }
        next++;
        return switch (part.argument()) {
            case "Flat" -> Refine.FLAT;
            case "FP16", "SQfp16" -> Refine.FP16;
            case "SQ8" -> Refine.SQ8;
            default ->
                throw part.error("Refine(" + part.argument()
                        + ") is not understood, expected Refine(Flat), Refine(FP16) or Refine(SQ8)");
        };
    }
}
