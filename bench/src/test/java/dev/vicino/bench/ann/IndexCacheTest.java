package dev.vicino.bench.ann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vicino.bench.ann.engine.Graph;
import dev.vicino.bench.race.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexCacheTest {
    private static final Graph GRAPH = new Graph("HNSW16", 16, 200);
    private static final Built BUILT = new Built("x 1.0", 12.5, 1 << 20);

    @TempDir
    private Path folder;

    @Test
    void whateverAnIndexDependsOnIsInItsKey() {
        Stream<String> keys = Stream.of(
                IndexCache.key("data", GRAPH, "FAISS 1.15"),
                IndexCache.key("other", GRAPH, "FAISS 1.15"),
                IndexCache.key("data", GRAPH, "FAISS 1.16"),
                IndexCache.key("data", GRAPH, "FAISS 1+15"),
                IndexCache.key("data", new Graph("HNSW16,SQ8", 16, 200), "FAISS 1.15"),
                IndexCache.key("data", new Graph("HNSW16", 17, 200), "FAISS 1.15"),
                IndexCache.key("data", new Graph("HNSW16", 16, 201), "FAISS 1.15"));

        assertThat(keys).doesNotHaveDuplicates().allMatch(key -> key.matches("[a-z0-9.-]+"));
    }

    @Test
    void theSameIndexHasTheSameKey() {
        assertThat(IndexCache.key("minilm-1-500", GRAPH, "FAISS 1.15.1 (OPTIMIZE)"))
                .startsWith("faiss-1.15.1-optimize-hnsw16-m16-ef200-minilm-1-500-")
                .isEqualTo(IndexCache.key("minilm-1-500", GRAPH, "FAISS 1.15.1 (OPTIMIZE)"));
    }

    @Test
    void whatWasMadeIsFoundWithItsFiles() throws IOException {
        var cache = new IndexCache(folder.resolve("new"));
        assertThat(cache.find("key")).isNull();

        cache.make("key", to -> {
            Files.writeString(to.resolve("index"), "12345");
            return BUILT;
        });

        assertThat(cache.find("key")).isEqualTo(BUILT);
        assertThat(cache.at("key").resolve("index")).hasContent("12345");
        assertThat(Folders.bytes(cache.at("key"))).isGreaterThan(5);
    }

    @Test
    void ofABuildThatFailsNothingIsLeft() throws IOException {
        var cache = new IndexCache(folder);

        assertThatThrownBy(() -> cache.make("key", to -> {
                    Files.writeString(to.resolve("index"), "123");
                    throw new IOException("no memory");
                }))
                .hasMessage("no memory");

        assertThat(cache.find("key")).isNull();
        assertThat(folder).isEmptyDirectory();
    }
}
