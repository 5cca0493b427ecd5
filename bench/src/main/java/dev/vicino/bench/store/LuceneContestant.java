package dev.vicino.bench.store;

import dev.vicino.bench.race.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.MMapDirectory;

/** Lucene: one segment in a mapped folder, searched as its users do. Its efSearch is the number of neighbours asked for. */
final class LuceneContestant implements Contestant {
    private static final String VECTOR = "vector";
    private static final int M = 16;
    private static final int EF_CONSTRUCTION = 200;

    /** More than any index here takes: the graph is written in one go. */
    private static final int BUFFER_MIB = 1 << 20;

    private static final int BUFFER_OF_A_THREAD_MIB = 2047;

    private final String name;
    private final IndexSearcher searcher;
    private final Query filter;

    /** @param bound of the numbers of the documents that may be found */
    LuceneContestant(String name, IndexSearcher searcher, int bound) {
        this.name = name;
        this.searcher = searcher;
        this.filter = IntPoint.newRangeQuery(Material.FIELD, 0, bound - 1);
    }

    /** Opens the index of all points; builds it first, which takes minutes, where that was not done before. */
    static DirectoryReader open(Material material, Path kept) throws IOException {
        Path folder = kept.resolve(
                "lucene-filtered-%s-%d".formatted(material.set().base().getFileName(), material.size()));
        if (!Files.exists(folder)) {
            Path unfinished = Files.createTempDirectory(kept, "unfinished");
            try {
                build(material, unfinished);
                Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Folders.delete(unfinished);
            }
        }
        MMapDirectory directory = new MMapDirectory(folder);
        directory.setPreload(MMapDirectory.ALL_FILES);
        return DirectoryReader.open(directory);
    }

    private static void build(Material material, Path folder) throws IOException {
        var config = new IndexWriterConfig()
                .setCodec(new Lucene104Codec() {
                    @Override
                    public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                        return new Lucene99HnswVectorsFormat(M, EF_CONSTRUCTION);
                    }
                })
                .setRAMBufferSizeMB(BUFFER_MIB);
        config.setRAMPerThreadHardLimitMB(BUFFER_OF_A_THREAD_MIB);
        try (var target = new MMapDirectory(folder);
                var writer = new IndexWriter(target, config)) {
            for (int row = 0; row < material.size(); row++) {
                var document = new Document();
                document.add(
                        new KnnFloatVectorField(VECTOR, material.base().row(row), VectorSimilarityFunction.COSINE));
                document.add(new IntPoint(Material.FIELD, material.pick(row)));
                writer.addDocument(document);
            }
            writer.forceMerge(1);
        }
    }

    @Override
    public String name() {
        return name;
    }

    /** Documents are numbered as rows are: there is one segment, written in order. */
    @Override
    public long[] answer(float[] query, int k, int effort) throws IOException {
        ScoreDoc[] found =
                searcher.search(new KnnFloatVectorQuery(VECTOR, query, Math.max(k, effort), filter), k).scoreDocs;
        long[] rows = new long[found.length];
        for (int i = 0; i < found.length; i++) {
            rows[i] = found[i].doc;
        }
        return rows;
    }
}
