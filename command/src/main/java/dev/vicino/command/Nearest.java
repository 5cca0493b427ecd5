package dev.vicino.command;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The word that somebody may have meant, told by the number of letters to put in, take out or replace (Levenshtein). */
final class Nearest {
    /** One wrong letter in so many is still a slip; more make it another word. */
    private static final int LETTERS_PER_SLIP = 3;

    private Nearest() {}

    /** The known word nearest to the one given, if any is near. */
    static Optional<String> to(String word, Collection<String> known) {
        int slips = 1 + word.length() / LETTERS_PER_SLIP;
        return known.stream()
                .filter(candidate -> distance(word, candidate) <= slips)
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1]; // row[j]: from the first i letters of a to the first j of b
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
