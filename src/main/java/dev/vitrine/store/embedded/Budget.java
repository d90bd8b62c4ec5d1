package dev.vitrine.store.embedded;

import dev.vitrine.store.BudgetExceeded;
import dev.vitrine.store.ReadBudget;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.ProgressHandler;

/// Stops a statement that costs too much. SQLite counts steps of its machine, not rows, so rows are estimated.
final class Budget extends ProgressHandler {

    /// What SQLite takes to look at a row: measured, 2 for a count along an index to 7 where what is found is sorted.
    private static final int STEPS_PER_ROW = 4;

    private final ReadBudget budget;
    private final long deadline;
    private final int interval;
    private long steps;

    Budget(ReadBudget budget) {
        this.budget = budget;
        this.deadline = System.nanoTime() + budget.maxTime().toNanos();
        this.interval = Math.clamp(budget.maxRows() * STEPS_PER_ROW / 16, 100, 10_000);
    }

    /// Starts counting rows anew, for another attempt; the time goes on.
    void watch(Connection connection) throws SQLException {
        steps = 0;
        ProgressHandler.setHandler(connection, interval, this);
    }

    static void unwatch(Connection connection) throws SQLException {
        ProgressHandler.clearHandler(connection);
    }

    @Override
    protected int progress() {
        steps += interval;
        return tooManyRows() || late() ? 1 : 0;
    }

    private boolean tooManyRows() {
        return steps / STEPS_PER_ROW > budget.maxRows();
    }

    boolean late() {
        return System.nanoTime() - deadline > 0;
    }

    BudgetExceeded exceeded(String table, Throwable cause) {
        String why = late()
                ? "would take longer than " + budget.maxTime().toMillis() + " ms"
                : "would look at more than " + budget.maxRows() + " rows";
        BudgetExceeded exceeded = new BudgetExceeded("the query on " + table + " was stopped: it " + why);
        exceeded.initCause(cause);
        return exceeded;
    }
}
