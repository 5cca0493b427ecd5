package dev.vicino.tree;

/** Memory that a tree takes on the heap, but for the headers of objects. */
final class TreeBytes {
    private TreeBytes() {}

    static long of(Tree tree) {
        long aside = tree.aside().size() == 0
                ? 0
                : (long) tree.aside().size() * (4 + 4L * tree.aside().row(0).length);
        Node root = tree.root();
        return aside + 8L * tree.ids().added().length + (root == null ? 0 : of(root));
    }

    private static long of(Node node) {
        long bytes = 4L * node.region.length;
        switch (node) {
            case Leaf leaf -> bytes += 4L * (leaf.columns.length + leaf.norms.length + leaf.size());
            case Branch branch -> {
                bytes += 4L * (branch.first.length + branch.second.length + branch.count());
                for (int i = 0; i < branch.count(); i++) {
                    bytes += of(branch.child(i));
                }
            }
        }
        return bytes;
    }
}
