package dev.vicino.cli.demo;

import dev.vicino.Neighbors;
import dev.vicino.embed.TextEmbedder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Asks a library questions, and measures how long it takes to answer. */
final class Examination {
    /** Hits a question: three questions then fit one screen. */
    static final int HITS = 3;

    /** The very first searches of a process are far slower than all that follow, until the JVM has compiled the scan. */
    private static final long WARM_UP_NANOS = 1_000_000_000;

    /** Odd, so that there is a median. */
    private static final int SEARCHES = 5;

    private final Library library;
    private final TextEmbedder embedder;

    Examination(Library library, TextEmbedder embedder) {
        this.library = library;
        this.embedder = embedder;
    }

    /** A question and its vector. */
    private record Question(String text, float[] vector, long embedUs) {}

    /** Answers in the order of the questions. */
    List<Answer> ask(List<String> texts) {
        List<Question> questions = texts.stream().map(this::question).toList();
        warmUp(questions);
        return questions.stream().map(this::answer).toList();
    }

    private Question question(String text) {
        long start = System.nanoTime();
        float[] vector = embedder.embed(text);
        return new Question(text, vector, microsSince(start));
    }

    private void warmUp(List<Question> questions) {
        long start = System.nanoTime();
        do {
            questions.forEach(this::search);
        } while (System.nanoTime() - start < WARM_UP_NANOS);
    }

    private Neighbors search(Question question) {
        return library.index().search(question.vector(), HITS);
    }

    private Answer answer(Question question) {
        Neighbors nearest = search(question);
        List<Answer.Hit> hits = IntStream.range(0, nearest.size())
                .mapToObj(i -> hit(nearest, i))
                .toList();
        return new Answer(question.text(), question.embedUs(), searchUs(question), hits);
    }

    private long searchUs(Question question) {
        long[] micros = new long[SEARCHES];
        for (int i = 0; i < SEARCHES; i++) {
            long start = System.nanoTime();
            search(question);
            micros[i] = microsSince(start);
        }
        Arrays.sort(micros);
        return micros[SEARCHES / 2];
    }

    private static long microsSince(long start) {
        return (System.nanoTime() - start) / 1000;
    }

    private Answer.Hit hit(Neighbors nearest, int i) {
        Entry entry = library.entries().get(Math.toIntExact(nearest.id(i)));
        return new Answer.Hit(i + 1, nearest.score(i), entry.source(), entry.text());
    }
}
