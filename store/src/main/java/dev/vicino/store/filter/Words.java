package dev.vicino.store.filter;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The words of a text: runs of letters and digits, in lower case. */
public final class Words {
    private Words() {}

    /** The words of a text, each once. */
    public static Set<String> of(String text) {
        Set<String> words = new HashSet<>();
        String lower = text.toLowerCase(Locale.ROOT);
        int from = -1;
        for (int at = 0; at <= lower.length(); at++) {
            boolean inside = at < lower.length() && Character.isLetterOrDigit(lower.charAt(at));
            if (inside && from < 0) {
                from = at;
            } else if (!inside && from >= 0) {
                words.add(lower.substring(from, at));
                from = -1;
            }
        }
        return words;
    }
}
