package dev.vicino.bench.ann.engine;

import dev.vicino.Vectors;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.MMapDirectory;
import org.jspecify.annotations.Nullable;

/**
 * Lucene: one segment in a mapped folder, searched by {@link LeafReader#searchNearestVectors}. Its efSearch is the number of
 * neighbours asked for, of which the nearest are kept; documents are numbered as the rows are.
 */
final class LuceneEngine implements Engine {
    private static final String FIELD = "vector";

    /** More than any thread may use: the graph is written in one go, as one segment. */
    private static final int BUFFER_MIB = 1 << 20;

    private static final int BUFFER_OF_A_THREAD_MIB = 2047;

    private @Nullable MMapDirectory directory;
    private @Nullable DirectoryReader reader;
    private @Nullable LeafReader segment;
    private @Nullable AcceptDocs all;

    @Override
    public String version() {
        return Jars.nameOf(IndexWriter.class);
    }

    @Override
    public void build(Vectors base, Graph graph, Path folder) throws IOException {
        var config = new IndexWriterConfig()
                .setCodec(new Lucene104Codec() {
                    @Override
                    public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                        return new Lucene99HnswVectorsFormat(graph.m(), graph.efConstruction());
                    }
                })
                .setRAMBufferSizeMB(BUFFER_MIB)
                .setMergeScheduler(new SerialMergeScheduler())
                .setUseCompoundFile(false);
        config.setRAMPerThreadHardLimitMB(BUFFER_OF_A_THREAD_MIB);
        try (var target = new MMapDirectory(folder);
                var writer = new IndexWriter(target, config)) {
            for (int row = 0; row < base.size(); row++) {
                var document = new Document();
                document.add(new KnnFloatVectorField(FIELD, base.row(row), VectorSimilarityFunction.DOT_PRODUCT));
                writer.addDocument(document);
            }
            writer.forceMerge(1);
        }
        open(base, graph, folder);
    }

    @Override
    public void save(Path folder) {} // built there

    @Override
    public void open(Vectors base, Graph graph, Path folder) throws IOException {
        directory = new MMapDirectory(folder);
        directory.setPreload(MMapDirectory.ALL_FILES);
        reader = DirectoryReader.open(directory);
        if (reader.leaves().size() != 1) {
            throw new IOException("segments = " + reader.leaves().size() + ", expected 1");
        }
        segment = reader.leaves().getFirst().reader();
        all = AcceptDocs.fromLiveDocs(null, segment.maxDoc());
    }

    @Override
    public int search(float[] query, int effort, long[] ids) throws IOException {
        if (segment == null) {
            throw new IllegalStateException("no index was opened");
        }
        ScoreDoc[] found = segment.searchNearestVectors(
                        FIELD, query, Math.max(effort, ids.length), all, Integer.MAX_VALUE)
                .scoreDocs;
        int count = Math.min(found.length, ids.length);
        for (int i = 0; i < count; i++) {
            ids[i] = found[i].doc;
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
        }
        if (directory != null) {
            directory.close();
        }
    }
}
