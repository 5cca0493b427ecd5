package dev.vicino.cli.demo;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.AnnotatedTypeTree;
import com.sun.source.tree.ArrayTypeTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.TreePath;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/**
 * What one source file says of its public interface: each public or protected class and member that has documentation of its
 * own, with the first sentence of it. Works on what was parsed, so a type is named as the source names it.
 */
final class ApiReader {
    private final DocTrees trees;
    private final Consumer<Entry> sink;

    ApiReader(DocTrees trees, Consumer<Entry> sink) {
        this.trees = trees;
        this.sink = sink;
    }

    /** Hands every documented class and member of a file to the sink, in the order of the file. */
    void read(CompilationUnitTree unit) {
        String inPackage = unit.getPackageName() == null ? "" : unit.getPackageName() + ".";
        var path = new TreePath(unit);
        for (Tree type : unit.getTypeDecls()) {
            if (type instanceof ClassTree c && isPublic(c.getModifiers(), false)) {
                readClass(new TreePath(path, c), c, inPackage, c.getSimpleName().toString());
            }
        }
    }

    /** @param name the name inside the package, such as {@code Map.Entry} */
    private void readClass(TreePath path, ClassTree type, String inPackage, String name) {
        emit(path, inPackage + name, name);
        boolean inInterface = type.getKind() == Tree.Kind.INTERFACE || type.getKind() == Tree.Kind.ANNOTATION_TYPE;
        for (Tree member : type.getMembers()) {
            var memberPath = new TreePath(path, member);
            switch (member) {
                case ClassTree c
                when isPublic(c.getModifiers(), inInterface) ->
                    readClass(memberPath, c, inPackage, name + "." + c.getSimpleName());
                case MethodTree m
                when isPublic(m.getModifiers(), inInterface) -> readMethod(memberPath, m, inPackage, name);
                case VariableTree v
                when isPublic(v.getModifiers(), inInterface) ->
                    emit(memberPath, inPackage + name + "#" + v.getName(), name + "." + v.getName());
                default -> {} // private members and initialisers
            }
        }
    }

    private void readMethod(TreePath path, MethodTree method, String inPackage, String className) {
        String name = method.getReturnType() == null
                ? className.substring(className.lastIndexOf('.') + 1)
                : method.getName().toString();
        String parameters = method.getParameters().stream()
                .map(parameter -> typeName(parameter.getType()))
                .collect(Collectors.joining(",", "(", ")"));
        emit(path, inPackage + className + "#" + name + parameters, className + "." + name);
    }

    private void emit(TreePath path, String source, String name) {
        DocCommentTree comment = trees.getDocCommentTree(path);
        if (comment == null) {
            return;
        }
        String sentence = PlainText.of(comment.getFirstSentence(), trees);
        if (!sentence.isEmpty()) {
            sink.accept(new Entry(source, name + ": " + sentence));
        }
    }

    private static boolean isPublic(ModifiersTree modifiers, boolean inInterface) {
        Set<Modifier> flags = modifiers.getFlags();
        return flags.contains(Modifier.PUBLIC)
                || flags.contains(Modifier.PROTECTED)
                || (inInterface && !flags.contains(Modifier.PRIVATE));
    }

    /** A type without its arguments and annotations, as documentation links write it. */
    private static String typeName(Tree type) {
        return switch (type) {
            case AnnotatedTypeTree t -> typeName(t.getUnderlyingType());
            case ParameterizedTypeTree t -> typeName(t.getType());
            case ArrayTypeTree t -> typeName(t.getType()) + "[]";
            default -> type.toString();
        };
    }
}
