package dev.vicino.store.payload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vicino.store.filter.FieldTest;
import dev.vicino.store.filter.FieldTest.MatchText;
import dev.vicino.store.filter.Words;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.FastAggregation;
import org.roaringbitmap.RoaringBitmap;

/** The words of strings. Where a field has several strings, it is not known which word is in which. */
final class TextIndex extends FieldIndex {
    private final Postings<String> postings = new Postings<>();
    private final RoaringBitmap withText = new RoaringBitmap();
    private final RoaringBitmap withSeveral = new RoaringBitmap();

    @Override
    boolean addValue(int ordinal, JsonNode value) {
        if (!value.isTextual()) {
            return false;
        }
        if (!withText.checkedAdd(ordinal)) {
            withSeveral.add(ordinal);
        }
        Words.of(value.textValue()).forEach(word -> postings.add(word, ordinal));
        return true;
    }

    @Override
    void removeValue(int ordinal, JsonNode value) {
        if (value.isTextual()) {
            withText.remove(ordinal);
            withSeveral.remove(ordinal);
            Words.of(value.textValue()).forEach(word -> postings.remove(word, ordinal));
        }
    }

    @Override
    void forget(RoaringBitmap gone) {
        super.forget(gone);
        withText.andNot(gone);
        withSeveral.andNot(gone);
        postings.forget(gone);
    }

    @Override
    @Nullable
    Selection find(FieldTest test) {
        if (!(test instanceof MatchText match)) {
            return null;
        }
        List<RoaringBitmap> found = new ArrayList<>();
        for (String word : match.words()) {
            found.add(postings.byKey().getOrDefault(word, new RoaringBitmap()));
        }
        RoaringBitmap all = found.isEmpty() ? new RoaringBitmap() : FastAggregation.and(found.iterator());
        return new Selection(RoaringBitmap.andNot(all, withSeveral), all);
    }

    @Override
    void write(DataOutput out) throws IOException {
        super.write(out);
        withText.serialize(out);
        withSeveral.serialize(out);
        postings.write(out, Texts::write);
    }

    @Override
    void read(DataInput in) throws IOException {
        super.read(in);
        withText.deserialize(in);
        withSeveral.deserialize(in);
        postings.read(in, Texts::read);
    }
}
