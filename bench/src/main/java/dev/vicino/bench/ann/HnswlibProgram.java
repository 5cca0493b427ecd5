package dev.vicino.bench.ann;

import dev.vicino.bench.race.Folders;
import dev.vicino.bench.race.Launch;
import dev.vicino.bench.race.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A program of ours that searches by hnswlib, compiled on this machine for this machine.
 *
 * @param folder of its own, deleted when this is closed
 * @param version of the headers
 */
record HnswlibProgram(Path folder, String version) implements AutoCloseable {
    private static final String SOURCE = "hnswlib_engine.cpp";
    private static final String PROGRAM = "hnswlib_engine";
    private static final String HEADER = "#include <hnswlib/hnswlib.h>\n";

    /** @throws IOException when there is no g++, or it finds no hnswlib */
    static HnswlibProgram compile() throws IOException {
        Path folder = Files.createTempDirectory("vicino-bench");
        var program = new HnswlibProgram(folder, "");
        try {
            Path source = folder.resolve(SOURCE);
            Files.write(source, Launch.resource(HnswlibProgram.class, SOURCE));
            Tool.run(List.of(
                    "g++",
                    "-O3",
                    "-march=native",
                    "-std=c++17",
                    "-o",
                    program.path().toString(),
                    source.toString()));
            return new HnswlibProgram(folder, "hnswlib, headers " + fingerprint(folder));
        } catch (Throwable e) {
            program.close();
            throw e;
        }
    }

    /** The headers tell no version: a checksum of what they come to, comments and blanks aside. */
    private static String fingerprint(Path folder) throws IOException {
        Path header = Files.writeString(folder.resolve("headers.cpp"), HEADER);
        var sum = new CRC32();
        Tool.run(List.of("g++", "-E", "-P", "-std=c++17", header.toString()))
                .lines()
                .filter(line -> !line.isBlank())
                .forEach(line -> sum.update(line.getBytes(StandardCharsets.UTF_8)));
        return "%08x".formatted(sum.getValue());
    }

    /** How the program is started. */
    List<String> command() {
        return List.of(path().toString(), version);
    }

    private Path path() {
        return folder.resolve(PROGRAM);
    }

    @Override
    public void close() throws IOException {
        Folders.delete(folder);
    }
}
