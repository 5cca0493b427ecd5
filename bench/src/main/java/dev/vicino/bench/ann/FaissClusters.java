package dev.vicino.bench.ann;

import dev.vicino.bench.race.Affinity;
import dev.vicino.bench.race.Child;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * k-means and product quantisation of FAISS, in a process of its own.
 *
 * @param child null where it is not wanted or not there
 * @param affinity binds its thread
 */
record FaissClusters(@Nullable Child child, Affinity affinity) implements AutoCloseable {
    /** Starts the process if it is to take part; that it is missing is written down. */
    static FaissClusters of(Setting setting) {
        Child child = null;
        if (setting.peers().contains(Peer.FAISS)) {
            try {
                child = setting.starter().startClusters();
                setting.affinity().add(child.thread());
            } catch (IOException e) {
                setting.leaveOut(Peer.FAISS.toString(), e);
            }
        }
        return new FaissClusters(child, setting.affinity());
    }

    boolean isThere() {
        return child != null;
    }

    /** Clusters the rows of a file; tells the seconds. The centroids go to another file. */
    double cluster(Path rows, int count, int iterations, Path centroids) throws IOException {
        return request("cluster", rows, count, iterations, centroids);
    }

    /** What product quantisation that learnt from the rows of a file loses of them: the mean of ‖x − x′‖². */
    double quantise(Path rows, int parts, int bits, boolean optimised) throws IOException {
        return request("quantise", rows, parts, bits, optimised);
    }

    private double request(Object... fields) throws IOException {
        if (child == null) {
            throw new IOException("FAISS is not there");
        }
        return Double.parseDouble(child.request(fields).getFirst());
    }

    @Override
    public void close() throws IOException {
        if (child != null) {
            affinity.remove(child.thread());
            child.close();
        }
    }
}
