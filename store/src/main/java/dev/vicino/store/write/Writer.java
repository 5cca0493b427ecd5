package dev.vicino.store.write;

import dev.vicino.store.point.PointId;
import dev.vicino.store.settings.CollectionSettings;
import dev.vicino.store.settings.IndexKind;
import dev.vicino.store.settings.SettingsJson;
import dev.vicino.store.truth.TruthWriter;
import dev.vicino.store.view.Change;
import dev.vicino.store.view.Views;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes a collection. Requests that have gathered while a commit was on its way to the disk go into the next one
 * together; each of them takes effect as a whole or not at all.
 */
public final class Writer implements AutoCloseable {
    /** Requests in a commit at most, so that the first does not wait for many others. */
    private static final int GROUP = 512;

    /** Points that wait to be written at most; whoever asks for more waits first. */
    private static final int ROOM = 50_000;

    private final TruthWriter truth;
    private final Views views;
    private final Semaphore room = new Semaphore(ROOM, true);
    private final OrdinalPool ordinals;
    private final BlockingQueue<Request> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile CollectionSettings settings;
    private long sequence;
    private boolean closed;

    /** What is asked of the writer, and who waits for it. */
    private sealed interface Request {
        CompletableFuture<WriteResult> result();
    }

    private record Write(List<Operation> operations, CompletableFuture<WriteResult> result) implements Request {}

    private record ChangeSettings(UnaryOperator<CollectionSettings> edit, CompletableFuture<WriteResult> result)
            implements Request {}

    private record End(CompletableFuture<WriteResult> result) implements Request {}

    /** A request that is written, but not committed. */
    private record Written(Request request, WriteResult result) {}

    /** Starts the thread. */
    public Writer(String name, CollectionSettings settings, TruthWriter truth, Views views) {
        this.settings = settings;
        this.truth = truth;
        this.views = views;
        this.ordinals = views.reading(
                () -> new OrdinalPool(views.table().all(), views.table().end()));
        this.sequence = views.published();
        this.thread = Thread.ofPlatform().daemon().name("vicino-write-" + name).start(this::run);
    }

    /** The settings as they are now. */
    public CollectionSettings settings() {
        return settings;
    }

    /**
     * Asks for operations, one after the other, all of them or none; waits for room.
     *
     * @return done when they are on disk and seen; fails with {@link IOException} where they could not be written, or {@link
     *     IllegalArgumentException} where a limit is in the way
     * @throws IllegalArgumentException for an operation that is wrong whatever there is
     */
    public CompletableFuture<WriteResult> write(List<Operation> operations) {
        int points = Math.clamp(new Checks(settings).check(operations), 1, ROOM);
        Write write = new Write(List.copyOf(operations), new CompletableFuture<>());
        var _ = write.result.whenComplete((_, _) -> room.release(points));
        room.acquireUninterruptibly(points);
        try {
            return add(write);
        } catch (IllegalStateException e) {
            room.release(points);
            throw e;
        }
    }

    /** Asks for other settings; vectors stay. */
    public CompletableFuture<WriteResult> change(UnaryOperator<CollectionSettings> edit) {
        return add(new ChangeSettings(edit, new CompletableFuture<>()));
    }

    private synchronized CompletableFuture<WriteResult> add(Request request) {
        if (closed) {
            throw new IllegalStateException("collection is closed");
        }
        queue.add(request);
        return request.result();
    }

    /** Requests that wait for the next commit. */
    public int waiting() {
        return queue.size();
    }

    private void run() {
        List<Request> group = new ArrayList<>();
        boolean open = true;
        while (open) {
            try {
                group.clear();
                group.add(queue.take());
                queue.drainTo(group, GROUP - 1);
                for (int name = 0; name < settings.vectors().size(); name++) {
                    views.vectors(name).awaitRoom(settings.limits().tailVectors());
                }
            } catch (InterruptedException e) {
                continue; // nobody interrupts this thread to end it
            }
            open = group.stream().noneMatch(End.class::isInstance) && commitOrFail(group);
        }
    }

    /** Commits; where what is committed cannot be shown, or it is not known what is, nothing more is taken, and the next opening reads it from the truth. */
    private boolean commitOrFail(List<Request> group) {
        try {
            commit(group);
            return true;
        } catch (RuntimeException | Error e) {
            synchronized (this) {
                closed = true;
                queue.drainTo(group);
            }
            group.forEach(
                    request -> request.result().completeExceptionally(new IOException("collection has failed", e)));
            return false;
        }
    }

    private void commit(List<Request> group) {
        Map<PointId, Transaction.Touched> touched = new HashMap<>();
        List<Transaction> transactions = new ArrayList<>();
        List<Written> written = new ArrayList<>();
        CollectionSettings before = settings;
        long first = sequence;
        try {
            for (Request request : group) {
                WriteResult result = write(request, touched, transactions);
                if (result != null) {
                    written.add(new Written(request, result));
                }
            }
            truth.commit(sequence);
        } catch (IOException | RuntimeException e) {
            sequence = first;
            settings = before;
            transactions.forEach(Transaction::abandon);
            rollback(e);
            group.forEach(request -> request.result().completeExceptionally(e));
            return;
        }
        publish(transactions, before);
        written.forEach(done -> done.request.result().complete(done.result));
    }

    private void rollback(Exception reason) {
        try {
            truth.rollback();
        } catch (IOException e) {
            e.addSuppressed(reason);
            throw new IllegalStateException("what could not be written could not be taken back either", e);
        }
    }

    /** Writes a request; null where it failed, which it has been told then. */
    private @Nullable WriteResult write(
            Request request, Map<PointId, Transaction.Touched> touched, List<Transaction> transactions)
            throws IOException {
        switch (request) {
            case Write write -> {
                return write(write, touched, transactions);
            }
            case ChangeSettings change -> {
                try {
                    settings = change.edit.apply(settings);
                } catch (IllegalArgumentException e) {
                    change.result.completeExceptionally(e);
                    return null;
                }
                truth.putSettings(SettingsJson.write(settings));
            }
            case End end -> {}
        }
        return new WriteResult(sequence, 0);
    }

    private @Nullable WriteResult write(
            Write write, Map<PointId, Transaction.Touched> touched, List<Transaction> transactions) throws IOException {
        Transaction transaction = new Transaction(settings, truth, views, ordinals, touched);
        long first = sequence;
        truth.save();
        try {
            for (Operation operation : write.operations) {
                sequence++;
                new Applier(settings, transaction, sequence).apply(operation);
            }
            checkRoom(transaction);
            truth.release();
        } catch (IllegalArgumentException e) {
            truth.restore();
            transaction.abandon();
            sequence = first;
            write.result.completeExceptionally(e);
            return null;
        }
        transactions.add(transaction);
        touched.putAll(transaction.touched());
        return new WriteResult(sequence, transaction.changes().size());
    }

    private void checkRoom(Transaction transaction) {
        long most = settings.limits().points();
        if (truth.points() > most && transaction.changes().stream().anyMatch(change -> change.before() == null)) {
            throw new IllegalArgumentException("collection of " + truth.points() + " points, expected at most " + most);
        }
    }

    private void publish(List<Transaction> transactions, CollectionSettings before) {
        List<Change> changes = new ArrayList<>();
        transactions.forEach(transaction -> changes.addAll(transaction.changes()));
        views.publish(changes, sequence);
        for (Change change : changes) {
            if (change.after() == null) {
                ordinals.giveBack(change.ordinal());
            }
        }
        if (!settings.equals(before)) {
            publishIndexes(before.payloadIndexes(), settings.payloadIndexes());
        }
    }

    private void publishIndexes(Map<String, IndexKind> before, Map<String, IndexKind> after) {
        Map<String, IndexKind> made = new HashMap<>(after);
        made.entrySet().removeAll(before.entrySet());
        before.forEach((path, kind) -> {
            if (after.get(path) != kind) {
                views.drop(path);
            }
        });
        if (!made.isEmpty()) {
            views.build(made);
        }
    }

    /** Waits for what was asked for, and ends the thread. */
    @Override
    public void close() {
        synchronized (this) {
            if (!closed) {
                queue.add(new End(new CompletableFuture<>()));
                closed = true;
            }
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
