package dev.vicino.cli.demo;

import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EndElementTree;
import com.sun.source.doctree.EntityTree;
import com.sun.source.doctree.IndexTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.RawTextTree;
import com.sun.source.doctree.ReferenceTree;
import com.sun.source.doctree.ReturnTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.SummaryTree;
import com.sun.source.doctree.SystemPropertyTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.doctree.UnknownInlineTagTree;
import com.sun.source.doctree.ValueTree;
import com.sun.source.util.DocTrees;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a reader sees of a documentation comment: {@code {@code x}} is {@code x}, {@code {@link A b}} is {@code b}, tags of HTML are
 * gone, entities are characters, and all white space is one space.
 */
final class PlainText {
    private final DocTrees trees;
    private final StringBuilder text = new StringBuilder();

    private PlainText(DocTrees trees) {
        this.trees = trees;
    }

    /** The text on one line; empty where nothing of it can be shown, as for {@code {@inheritDoc}}. */
    static String of(List<? extends DocTree> content, DocTrees trees) {
        var plain = new PlainText(trees);
        plain.append(content);
        return plain.text.toString().replaceAll("[\\s\\p{Z}]+", " ").strip();
    }

    private void append(List<? extends DocTree> content) {
        content.forEach(this::append);
    }

    private void append(@Nullable DocTree tree) {
        switch (tree) {
            case TextTree t -> text.append(t.getBody()); // escapes and what is not well formed are texts too
            case RawTextTree t -> text.append(fromMarkdown(t.getContent()));
            case LiteralTree t -> text.append(t.getBody().getBody());
            case LinkTree t -> appendLink(t);
            case ReferenceTree t -> text.append(fromReference(t.getSignature()));
            case ValueTree t -> append(t.getReference());
            case EntityTree t -> appendEntity(t);
            case StartElementTree t -> text.append(instead(t.getName().toString()));
            case EndElementTree t -> text.append(isInline(t.getName().toString()) ? "" : " ");
            case IndexTree t -> append(t.getSearchTerm());
            case SystemPropertyTree t -> text.append(t.getPropertyName());
            case SummaryTree t -> append(t.getSummary());
            case ReturnTree t when t.isInline() -> appendReturn(t);
            case UnknownInlineTagTree t -> append(t.getContent());
            case null, default -> {} // a link to nothing; comments, snippets, inherited text and the like
        }
    }

    private void appendLink(LinkTree link) {
        if (link.getLabel().isEmpty()) {
            append(link.getReference());
        } else {
            append(link.getLabel());
        }
    }

    private void appendEntity(EntityTree entity) {
        String characters = trees.getCharacters(entity);
        text.append(characters == null ? entity.toString() : characters);
    }

    /** The documentation tool makes the same sentence of {@code {@return …}}. */
    private void appendReturn(ReturnTree tree) {
        text.append("Returns ");
        append(tree.getDescription());
        text.append('.');
    }

    /** {@code List#add(Object)} is read {@code List.add(Object)}, {@code #add} is {@code add}. */
    private static String fromReference(String signature) {
        return (signature.startsWith("#") ? signature.substring(1) : signature).replace('#', '.');
    }

    /** Comments in Markdown reach us as they were written; of its marks, a first sentence has code spans and links. */
    private static String fromMarkdown(String markdown) {
        return markdown.replaceAll("\\[([^\\]]*)\\](\\[[^\\]]*\\]|\\([^)]*\\))?", "$1")
                .replace("`", "");
    }

    /** 2&lt;sup&gt;31&lt;/sup&gt; must not become 231. */
    private static String instead(String element) {
        return switch (element.toLowerCase(Locale.ROOT)) {
            case "sup" -> "^";
            case "sub" -> "_";
            default -> isInline(element) ? "" : " ";
        };
    }

    private static boolean isInline(String element) {
        return switch (element.toLowerCase(Locale.ROOT)) {
            case "a",
                    "abbr",
                    "b",
                    "cite",
                    "code",
                    "dfn",
                    "em",
                    "i",
                    "q",
                    "small",
                    "span",
                    "strong",
                    "sub",
                    "sup",
                    "tt",
                    "u",
                    "var" -> true;
            default -> false;
        };
    }
}
