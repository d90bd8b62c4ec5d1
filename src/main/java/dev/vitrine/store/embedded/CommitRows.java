package dev.vitrine.store.embedded;

import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Deleted;
import dev.vitrine.entity.EntityChange.Reason;
import dev.vitrine.entity.EntityChange.Unservable;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.store.CommitEffect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/// Applies the rows of commits, in a transaction of the caller. They come in any order and are not held in memory; what
/// a row means is known from what is stored already:
///
/// - the row of a key has the version of the commit: the key was written in it before, so this is a second copy
/// - a delete finds an older row: it is noted as [Dead] and deleted at the end, unless the commit writes the key again
/// - an insert finds an older row: a delete may still come, so the older row is put [Aside], and whatever is left there
/// at
///   the end is another copy
/// - the key is withheld: its rows are letters; those it is left with are looked at at the end, for the keys [Touched]
final class CommitRows {

    private final Database database;
    private final Columns columns;
    private final Rows rows;
    private final Letters letters;
    private final Dead dead;
    private final Aside aside;
    private final Touched touched;
    private final String find;
    private final String delete;
    private long version;
    private long committed;
    private boolean diverged;
    private boolean erased;
    private long entities;
    private long entitiesBefore;
    private long applied;
    private long newLetters;
    private long keylessRemoved;

    CommitRows(Database database, Columns columns, Clock clock) throws SQLException {
        this.database = database;
        this.columns = columns;
        this.rows = Rows.of(columns);
        this.letters = new Letters(database, columns, clock);
        this.dead = new Dead(database, columns);
        this.aside = new Aside(database, columns);
        this.touched = new Touched(database, columns);
        String key = columns.keyEquals("");
        this.find = "SELECT version FROM entity WHERE " + key;
        this.delete = "DELETE FROM entity WHERE " + key;
        for (String statement : Schema.temporary(columns)) {
            database.change(statement);
        }
    }

    /// To be called at the start of a transaction.
    ///
    /// @param live entities that there are
    void open(long live) throws SQLException {
        entities = live;
        erased = false;
        letters.look();
    }

    /// The rows that follow belong to this commit.
    ///
    /// @param diverged something was left out before: an insert may find what a lost delete would have removed
    void begin(long version, long committed, boolean diverged) {
        this.version = version;
        this.committed = committed;
        this.diverged = diverged;
        this.entitiesBefore = entities;
        this.applied = 0;
        this.newLetters = 0;
        this.keylessRemoved = 0;
    }

    void apply(EntityChange change) throws SQLException {
        applied++;
        switch (change) {
            case Upserted row -> upsert(row);
            case Deleted row -> delete(row.key(), row.row());
            case Unservable row -> withhold(row);
        }
    }

    private void upsert(Upserted row) throws SQLException {
        if (letters.isWithheld(row.key())) {
            if (!row.insert()) {
                remove(row.key(), null);
            }
            addLetter(row);
        } else if (row.insert() && !diverged) {
            insert(row);
        } else {
            update(row);
        }
    }

    private void insert(Upserted row) throws SQLException {
        @Nullable Object[] parameters = rows.parameters(row, version, committed);
        if (dead.any() && database.change(rows.revive(), parameters) == 1) {
            return;
        }
        if (database.change(rows.insertAbsent(), parameters) == 1) {
            entities++;
        } else if (versionOf(row.key()) == version) {
            withholdBoth(row);
        } else {
            aside.put(row.key());
            database.change(rows.replaceOlder(), parameters);
        }
    }

    private void update(Upserted row) throws SQLException {
        @Nullable Object[] parameters = rows.parameters(row, version, committed);
        if (database.change(rows.replaceOlder(), parameters) == 1) {
            return;
        }
        if (database.change(rows.insertAbsent(), parameters) == 1) {
            entities++;
            return;
        }
        aside.take(row.key());
        withholdBoth(row);
    }

    /// The version of the row under a key; -1 if there is none.
    private long versionOf(EntityKey key) throws SQLException {
        try (ResultSet row = database.query(find, columns.encode(key))) {
            return row.next() ? row.getLong(1) : -1;
        }
    }

    /// A row of a key that this commit has written already.
    private void withholdBoth(Upserted row) throws SQLException {
        letters.withhold(row.key(), Reason.DUPLICATE_KEY);
        moveWritten(row.key());
        addLetter(row);
    }

    private void moveWritten(EntityKey key) throws SQLException {
        letters.move(key, "entity", version);
        entities--;
    }

    private void addLetter(Upserted row) throws SQLException {
        letters.add(row, version, committed);
        touched.add(row.key(), 0);
    }

    private void delete(@Nullable EntityKey key, byte @Nullable [] row) throws SQLException {
        if (key == null) {
            if (row != null) {
                keylessRemoved += letters.removeKeyless(row, version) ? 1 : 0;
                erased = true;
            }
        } else if (!dead.add(key, version)) {
            remove(key, row);
        }
    }

    /// A row from before this commit is gone.
    private void remove(EntityKey key, byte @Nullable [] row) throws SQLException {
        if (!aside.take(key) && letters.isWithheld(key)) {
            touched.add(key, letters.remove(key, row, version) ? 1 : 0);
            erased = true;
        }
    }

    private void withhold(Unservable row) throws SQLException {
        EntityKey key = row.key();
        letters.add(row, version, committed);
        if (key == null) {
            newLetters++;
            return;
        }
        if (!letters.isWithheld(key)) {
            clear(key);
            letters.withhold(key, row.reason());
        }
        touched.add(key, 0);
    }

    /// Takes what is under a key out of the entities: to the letters if this commit wrote it, aside if it may be there
    /// still.
    private void clear(EntityKey key) throws SQLException {
        long found = versionOf(key);
        if (found == version) {
            moveWritten(key);
        } else if (found >= 0) {
            if (!diverged && !dead.contains(key, version)) {
                aside.put(key);
            }
            database.change(delete, columns.encode(key));
            entities--;
        }
    }

    /// The commit is complete.
    CommitEffect end() throws SQLException {
        long removed = dead.deleteAll(version);
        erased |= removed > 0;
        entities -= removed;
        withholdAside();
        newLetters = Math.max(0, newLetters - keylessRemoved);
        settle();
        return new CommitEffect(applied, newLetters, entitiesBefore, removed);
    }

    /// What was inserted over and never deleted is there beside what was inserted.
    private void withholdAside() throws SQLException {
        for (EntityKey key = aside.first(); key != null; key = aside.first()) {
            if (!letters.isWithheld(key)) {
                letters.withhold(key, Reason.DUPLICATE_KEY);
                moveWritten(key);
            }
            letters.move(key, Aside.TABLE, version);
            touched.add(key, 0);
        }
    }

    /// Serves the keys that are left with one row that can be. A row that replaces a letter, as in a table that is
    /// written anew with its bad rows, is no new letter.
    private void settle() throws SQLException {
        for (Touched.Key key = touched.take(); key != null; key = touched.take()) {
            Letters.Left left = letters.left(key.key(), version);
            if (left.isNone()) {
                letters.release(key.key());
            } else if (left.isServable()) {
                letters.serve(key.key(), version, committed);
                entities++;
            } else {
                letters.explain(key.key());
                newLetters += Math.max(0, left.ofCommit() - key.removed());
            }
        }
    }

    /// Whether something was deleted since the start of the transaction.
    boolean hasErased() {
        return erased;
    }

    /// How many entities there are now.
    long entities() {
        return entities;
    }
}
