package dev.vicino.scan;

import dev.vicino.format.IndexFile;
import dev.vicino.format.IndexFileWriter;
import dev.vicino.io.CorruptFileException;
import dev.vicino.kernel.Codes;
import dev.vicino.kernel.Codes.Layout;
import dev.vicino.memory.Memory;
import dev.vicino.scan.Distances.Form;
import dev.vicino.scan.PruningCodes.Prefix;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * {@link PruningCodes} as sections of an index file; w(d) is d rounded up to a multiple of 32, b is n rounded up to one of 64. Codes are laid out and
 * segments counted as {@link Codes} tells.
 *
 * <pre>
 * prune.facts           float64: p, defect, scale under L1; then for the whole code and, where p &gt; 0, for the prefix:
 *                       longest error, longest code, the longest norm in every segment
 * prune.mean            d float32
 * prune.terms           n float32
 * prune.full            b·w(d) int8, in rows
 * prune.full.scales     n float32
 * prune.basis           p·d float32, where p &gt; 0; so are the following
 * prune.prefix          b·w(p) int8, in blocks
 * prune.prefix.scales   n float32
 * prune.tails           n float32
 * </pre>
 */
final class PruningCodesFile {
    private static final String FACTS = "prune.facts";
    private static final String MEAN = "prune.mean";
    private static final String TERMS = "prune.terms";
    private static final String FULL = "prune.full";
    private static final String FULL_SCALES = "prune.full.scales";
    private static final String BASIS = "prune.basis";
    private static final String PREFIX = "prune.prefix";
    private static final String PREFIX_SCALES = "prune.prefix.scales";
    private static final String TAILS = "prune.tails";

    private static final int COMMON_FACTS = 3;

    private PruningCodesFile() {}

    static void addTo(IndexFileWriter writer, PruningCodes codes) {
        Prefix prefix = codes.prefix;
        writer.section(FACTS, facts(codes).segment());
        writer.section(MEAN, Memory.of(codes.mean).segment());
        writer.section(TERMS, codes.terms.segment());
        writer.section(FULL, codes.full.memory.segment());
        writer.section(FULL_SCALES, codes.full.scales.segment());
        if (prefix != null) {
            writer.section(BASIS, prefix.basis().segment());
            writer.section(PREFIX, prefix.codes().memory.segment());
            writer.section(PREFIX_SCALES, prefix.codes().scales.segment());
            writer.section(TAILS, prefix.tails().segment());
        }
    }

    private static Memory facts(PruningCodes codes) {
        Prefix prefix = codes.prefix;
        int d = codes.dimension();
        int p = prefix == null ? 0 : prefix.components();
        Memory facts = Memory.allocate(factBytes(d, p));
        facts.putDouble(0, p);
        facts.putDouble(1, prefix == null ? 0 : prefix.defect());
        facts.putDouble(2, codes.commonScale);
        put(facts, COMMON_FACTS, codes.full.facts);
        if (prefix != null) {
            put(facts, COMMON_FACTS + count(Layout.ROWS, d), prefix.codes().facts);
        }
        return facts;
    }

    private static void put(Memory facts, int from, Int8Codes.Facts of) {
        facts.putDouble(from, of.maxError);
        facts.putDouble(from + 1, of.maxNorm);
        for (int i = 0; i < of.segmentNorms.length; i++) {
            facts.putDouble(from + 2 + i, of.segmentNorms[i]);
        }
    }

    /** Facts of codes of d values. */
    private static int count(Layout layout, int d) {
        return 2 + layout.segments(Codes.width(d));
    }

    private static long factBytes(int d, int p) {
        return 8L * (COMMON_FACTS + count(Layout.ROWS, d) + (p == 0 ? 0 : count(Layout.BLOCKS, p)));
    }

    /** The codes of a file, mapped; null where it has none. */
    static @Nullable PruningCodes open(IndexFile file, Form form) throws IOException {
        Memory facts = file.section(FACTS);
        if (facts == null) {
            return null;
        }
        int d = file.header().dimension();
        int n = file.header().size();
        double p = facts.bytes() < 8 * COMMON_FACTS ? -1 : facts.getDouble(0);
        boolean possible = form == Form.L1 ? p == 0 : p >= 0 && p <= d && p % Codes.LANES == 0;
        if (!possible || facts.bytes() != factBytes(d, (int) p)) {
            throw new CorruptFileException(
                    file.path(),
                    file.offset(FACTS),
                    "section '" + FACTS + "'",
                    p + " components, " + facts.bytes() + " bytes",
                    "a multiple of " + Codes.LANES + " in 0.." + (form == Form.L1 ? 0 : d));
        }
        checkFinite(file, facts);
        float[] mean = new float[d];
        file.section(MEAN, 4L * d).get(0, mean, d);
        Memory terms = file.section(TERMS, 4L * n);
        Int8Codes full = codes(file, FULL, FULL_SCALES, Layout.ROWS, d, get(facts, COMMON_FACTS, Layout.ROWS, d));
        Prefix prefix = p == 0 ? null : prefix(file, facts, n, d, (int) p);
        return new PruningCodes(form, mean, (float) facts.getDouble(2), full, terms, prefix);
    }

    private static Prefix prefix(IndexFile file, Memory facts, int n, int d, int p) throws IOException {
        Int8Codes codes = codes(
                file,
                PREFIX,
                PREFIX_SCALES,
                Layout.BLOCKS,
                p,
                get(facts, COMMON_FACTS + count(Layout.ROWS, d), Layout.BLOCKS, p));
        Memory basis = file.section(BASIS, 4L * p * d);
        return new Prefix(basis, p, facts.getDouble(1), codes, file.section(TAILS, 4L * n));
    }

    private static Int8Codes codes(
            IndexFile file, String codes, String scales, Layout layout, int d, Int8Codes.Facts facts)
            throws IOException {
        int n = file.header().size();
        long bytes = Codes.bytes(n, Codes.width(d));
        return Int8Codes.of(file.section(codes, bytes), file.section(scales, 4L * n), n, d, layout, facts);
    }

    private static Int8Codes.Facts get(Memory from, int place, Layout layout, int d) {
        Int8Codes.Facts facts = new Int8Codes.Facts(layout.segments(Codes.width(d)));
        facts.maxError = from.getDouble(place);
        facts.maxNorm = from.getDouble(place + 1);
        for (int i = 0; i < facts.segmentNorms.length; i++) {
            facts.segmentNorms[i] = from.getDouble(place + 2 + i);
        }
        return facts;
    }

    private static void checkFinite(IndexFile file, Memory facts) throws CorruptFileException {
        for (int i = 0; i < facts.bytes() / 8; i++) {
            double fact = facts.getDouble(i);
            if (!(fact >= 0 && fact < Double.POSITIVE_INFINITY)) {
                throw new CorruptFileException(
                        file.path(),
                        file.offset(FACTS) + 8L * i,
                        "number " + i + " of section '" + FACTS + "'",
                        fact,
                        "one from 0 on");
            }
        }
    }
}
