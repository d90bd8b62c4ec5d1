package dev.vitrine.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What was found in the exchanges of this process and not told yet.
final class Discrepancies {

    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Condition QUIET = LOCK.newCondition();
    private static final List<String> FOUND = new ArrayList<>();
    private static int underWay;

    private Discrepancies() {}

    static void begin() {
        LOCK.lock();
        try {
            underWay++;
        } finally {
            LOCK.unlock();
        }
    }

    static void end() {
        LOCK.lock();
        try {
            underWay--;
            if (underWay == 0) {
                QUIET.signalAll();
            }
        } finally {
            LOCK.unlock();
        }
    }

    static void add(Exchange exchange, List<String> found) {
        LOCK.lock();
        try {
            FOUND.add(exchange + "\n    " + String.join("\n    ", found));
        } finally {
            LOCK.unlock();
        }
    }

    /// What was found, once no exchange is under way: a caller may have its answer before it is looked at. Some callers
    /// leave exchanges behind that stand still; what is found in them is told later.
    static List<String> take() throws InterruptedException {
        LOCK.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(1);
            while (underWay > 0 && left > 0) {
                left = QUIET.awaitNanos(left);
            }
            List<String> found = List.copyOf(FOUND);
            FOUND.clear();
            return found;
        } finally {
            LOCK.unlock();
        }
    }
}
