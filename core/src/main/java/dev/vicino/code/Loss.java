package dev.vicino.code;

import dev.vicino.format.IndexFile;
import dev.vicino.format.IndexFileWriter;
import dev.vicino.io.CorruptFileException;
import dev.vicino.memory.Memory;
import dev.vicino.scan.Distances.Form;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What codes lose: the mean of ‖x − x′‖² over vectors, of length 1 under cosine, x′ being what the code of x stands for. A file of an
 * index with a code has it in a section of its own, a float64.
 */
public final class Loss {
    /** So many vectors of a sample tell it to some hundredths. */
    private static final int MAX_ROWS = 1000;

    private static final String SECTION = "code.loss";

    private Loss() {}

    /**
     * What the code of a file loses; NaN where it does not say.
     *
     * @throws CorruptFileException when it is no such number
     */
    public static double read(IndexFile file) throws CorruptFileException {
        Memory section = file.section(SECTION);
        if (section == null) {
            return Double.NaN;
        }
        double loss = section.bytes() == Double.BYTES ? section.getDouble(0) : Double.NaN;
        if (!(loss >= 0) || Double.isInfinite(loss)) {
            throw new CorruptFileException(
                    file.path(), file.offset(SECTION), "loss of the code", loss, "a float64 of at least 0");
        }
        return loss;
    }

    /** Adds its section to a file; nothing where it is not known. */
    public static void addTo(IndexFileWriter writer, double loss) {
        if (Double.isFinite(loss)) {
            ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            writer.section(SECTION, MemorySegment.ofBuffer(bytes.putDouble(0, loss)));
        }
    }

    /** Writes a vector and reads what is left of it. */
    private interface Coding {
        void apply(float[] vector, float[] origin, float[] out);
    }

    /** What a code loses of some of a sample, evenly spread; NaN of none. */
    public static double ofSome(Code code, Form form, int dimension, Sample sample) {
        return of(coding(code), form, dimension, sample, Math.min(sample.size(), MAX_ROWS));
    }

    /** What a code loses of all vectors of a sample; NaN of none. */
    public static double ofAll(Code code, Form form, int dimension, Sample sample) {
        return of(coding(code), form, dimension, sample, sample.size());
    }

    /** As {@link #ofSome(Code, Form, int, Sample)}. */
    public static double ofSome(BlockCode code, Form form, int dimension, Sample sample) {
        BlockCode.Packer packer = code.packer();
        MemorySegment block = MemorySegment.ofArray(new byte[code.blockBytes()]);
        Coding coding = (vector, origin, out) -> {
            packer.origin(origin);
            packer.put(vector, block, 0, 0);
            code.decode(block, 0, 0, origin, out);
        };
        return of(coding, form, dimension, sample, Math.min(sample.size(), MAX_ROWS));
    }

    private static Coding coding(Code code) {
        Code.Encoder encoder = code.encoder();
        MemorySegment bytes = MemorySegment.ofArray(new byte[code.bytes()]);
        return (vector, origin, out) -> {
            encoder.encode(vector, bytes, 0);
            code.decode(bytes, 0, out);
        };
    }

    private static double of(Coding coding, Form form, int dimension, Sample sample, int rows) {
        float[] row = new float[dimension];
        float[] origin = new float[dimension];
        float[] left = new float[dimension];
        double sum = 0;
        for (int r = 0; r < rows; r++) {
            int place = (int) ((long) r * sample.size() / rows);
            sample.copy(place, row);
            sample.origin(place, origin);
            coding.apply(row, origin, left);
            if (form == Form.COSINE) {
                Sphere.normalise(row, row);
            }
            for (int i = 0; i < dimension; i++) {
                double off = (double) row[i] - left[i];
                sum += off * off;
            }
        }
        return sum / rows;
    }
}
