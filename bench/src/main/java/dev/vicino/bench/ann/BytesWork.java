package dev.vicino.bench.ann;

import static dev.vicino.bench.race.Text.text;

import dev.vicino.IndexInfo;
import dev.vicino.IndexInfo.Section;
import dev.vicino.IndexSpec.Float32;
import dev.vicino.VectorIndex;
import dev.vicino.bench.race.Asked;
import dev.vicino.bench.race.FigureRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a walk along the graph reads of each vector: its block of code and links, and the row where there is no code. */
record BytesWork(Setting setting) {
    private static final double ASKED = 256;
    private static final String BLOCKS = "graph.blocks";

    /** @param index over all vectors; saved for a moment, because the file tells the sizes of its parts */
    void run(VectorIndex index) throws IOException {
        Path file = Files.createTempFile(setting.folder(), "bytes", ".vicino");
        try {
            index.save(file);
            double row = index.spec().code() instanceof Float32 ? (double) index.dimension() * Float.BYTES : 0;
            setting.add(FigureRow.alone(
                    AnnWork.BYTES,
                    text("read by a walk, %d dimensions", index.dimension()),
                    "bytes a vector",
                    Entrant.ours(index.spec().toString()).name(),
                    row + (double) blocks(file) / index.size(),
                    Asked.atMost(ASKED)));
        } finally {
            Files.delete(file);
        }
    }

    private static long blocks(Path file) throws IOException {
        return IndexInfo.read(file).sections().stream()
                .filter(section -> section.name().equals(BLOCKS))
                .mapToLong(Section::bytes)
                .findAny()
                .orElseThrow(() -> new IOException("the index has no section " + BLOCKS));
    }
}
