package dev.vicino.embed;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.vicino.io.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;

/**
 * The sentence model all-MiniLM-L6-v2 with 8-bit weights, in ONNX Runtime: 384 values, English, 23 MB. It knows the first
 * {@value #MAX_TOKENS} tokens of a text, about 180 words.
 */
public final class MiniLm implements TextEmbedder {
    /*
     * One text a call, one thread a call, as many calls at once as there are cores. Batches would be a little faster, but the model
     * rounds all activations of a call to 8 bits on one common scale: in a batch, a text's vector depends on its company (cosine with
     * itself alone down to 0.98). Alone it also needs no padding, so texts need not be sorted by length either.
     */
    private static final String RESOURCE = "/all-minilm-l6-v2-q";
    private static final int DIMENSION = 384;

    /** The length that the model was trained for; beyond it vectors get worse and time grows. */
    private static final int MAX_TOKENS = 256;

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final HuggingFaceTokenizer tokenizer;
    /** Texts under way hold the first, closing takes the second: native memory must not be freed beneath them. */
    private final ReadWriteLock lifetime = new ReentrantReadWriteLock();

    private boolean closed;

    private MiniLm(OrtEnvironment environment, OrtSession session, HuggingFaceTokenizer tokenizer) {
        this.environment = environment;
        this.session = session;
        this.tokenizer = tokenizer;
    }

    /**
     * Unpacks and loads the model, half a second.
     *
     * @throws ModelUnavailableException where its native libraries do not run on this machine
     * @throws IOException where the model cannot be read
     */
    public static MiniLm load() throws IOException {
        // Without this the tokenizer's library asks the network: for a GPU build of itself, and to report its use.
        System.setProperty("ai.djl.offline", "true");
        try {
            return open(OrtEnvironment.getEnvironment());
        } catch (LinkageError | OrtException | RuntimeException e) {
            throw new ModelUnavailableException(e);
        }
    }

    private static MiniLm open(OrtEnvironment environment) throws IOException, OrtException {
        environment.setTelemetry(false);
        OrtSession session;
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            session = environment.createSession(resource(".onnx"), options);
        }
        try {
            return new MiniLm(environment, session, tokenizer());
        } catch (IOException | RuntimeException | LinkageError e) {
            session.close();
            throw e;
        }
    }

    private static HuggingFaceTokenizer tokenizer() throws IOException {
        var options = Map.of("padding", "false", "truncation", "true", "maxLength", Integer.toString(MAX_TOKENS));
        try (InputStream vocabulary = stream("-tokenizer.json")) {
            return HuggingFaceTokenizer.newInstance(vocabulary, options);
        }
    }

    private static byte[] resource(String ending) throws IOException {
        try (InputStream in = stream(ending)) {
            return in.readAllBytes();
        }
    }

    private static InputStream stream(String ending) throws IOException {
        InputStream in = MiniLm.class.getResourceAsStream(RESOURCE + ending);
        if (in == null) {
            throw new IOException("The text model is not on the class path: " + RESOURCE + ending + " was not found");
        }
        return in;
    }

    @Override
    public String name() {
        return "all-MiniLM-L6-v2-q";
    }

    @Override
    public int dimension() {
        return DIMENSION;
    }

    @Override
    public float[] embed(String text) {
        lifetime.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the text model is closed");
            }
            return run(tokenizer.encode(text, true, false).getIds());
        } catch (OrtException e) {
            throw new IllegalStateException("the text model failed on a text of " + text.length() + " characters", e);
        } finally {
            lifetime.readLock().unlock();
        }
    }

    @Override
    public float[][] embedAll(List<String> texts, Progress progress) {
        float[][] rows = new float[texts.size()][];
        var steps = new Steps(texts.size(), progress);
        IntStream.range(0, rows.length).parallel().forEach(i -> {
            rows[i] = embed(texts.get(i));
            steps.next();
        });
        return rows;
    }

    private float[] run(long[] ids) throws OrtException {
        long[] ones = new long[ids.length];
        Arrays.fill(ones, 1);
        try (OnnxTensor tokens = tensor(ids);
                OnnxTensor mask = tensor(ones);
                OnnxTensor types = tensor(new long[ids.length]);
                OrtSession.Result result =
                        session.run(Map.of("input_ids", tokens, "attention_mask", mask, "token_type_ids", types))) {
            return Pooling.unitMean(((OnnxTensor) result.get(0)).getFloatBuffer(), DIMENSION);
        }
    }

    private OnnxTensor tensor(long[] values) throws OrtException {
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), new long[] {1, values.length});
    }

    @Override
    public void close() {
        lifetime.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                tokenizer.close();
                session.close();
            }
        } catch (OrtException e) {
            throw new IllegalStateException("the text model could not be closed", e);
        } finally {
            lifetime.writeLock().unlock();
        }
    }
}
