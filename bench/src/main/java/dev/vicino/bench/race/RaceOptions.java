package dev.vicino.bench.race;

import dev.vicino.bench.data.DataFolder;
import dev.vicino.bench.data.Sources;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every comparison with other programs has. Taken in with {@code @Mixin private RaceOptions options}. */
public final class RaceOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of " + DataFolder.BASE + " and " + DataFolder.QUERIES
                    + " (default: shared/data beside the checkout; generated vectors where that is not there).")
    private @Nullable Path data;

    @Option(
            names = "--rows",
            paramLabel = "N",
            description = "Use no more vectors of a data set than these (default: all).")
    private @Nullable Integer rows;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Turns of each side; medians are over these (default: 5).")
    private @Nullable Integer rounds;

    @Option(
            names = "--python",
            paramLabel = "COMMAND",
            defaultValue = "python3",
            description = "The Python that has FAISS (default: ${DEFAULT-VALUE}).")
    private String python;

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description = "Where data and the indexes of others are kept, 1 to 4 GiB (default: the user's cache).")
    private @Nullable Path cache;

    @Option(names = "--quick", description = "Tiny sizes, to see that everything runs; the figures mean nothing.")
    private boolean quick;

    /**
     * How much is measured, as asked for.
     *
     * @param full where nothing is said
     * @param quick for {@code --quick}
     * @throws IllegalArgumentException for too few rows or rounds
     */
    public <S extends Scale<S>> S scale(S full, S quick) {
        S scale = this.quick ? quick : full;
        scale = rows == null ? scale : scale.withRows(rows);
        return rounds == null ? scale : scale.withRounds(rounds);
    }

    /**
     * The data sets, of so many vectors at the most.
     *
     * @throws IOException when the folder asked for has no data
     */
    public DataFolder data(int most) throws IOException {
        return new DataFolder(folder(), Sources.sentences(data), most);
    }

    /** Where what was made is kept. */
    public Path folder() {
        return cache == null ? Sources.cache() : cache;
    }

    /** The command that runs Python 3. */
    public String python() {
        return python;
    }
}
