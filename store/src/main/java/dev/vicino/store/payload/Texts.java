package dev.vicino.store.payload;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Strings of any length and content in a file. */
final class Texts {
    private Texts() {}

    static void write(DataOutput out, String text) throws IOException {
        out.writeInt(text.length());
        out.writeChars(text);
    }

    static String read(DataInput in) throws IOException {
        int length = in.readInt();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(in.readChar());
        }
        return text.toString();
    }
}
