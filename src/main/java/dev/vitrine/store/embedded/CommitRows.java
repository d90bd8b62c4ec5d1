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
/// - a delete finds an older row: it is noted in `dead` and deleted at the end, unless the commit writes the key again
/// - an insert finds an older row: a delete may still come, so the older row is put `aside`, and whatever is left there
///   at the end is another copy
/// - the key is withheld: its rows are letters; those it is left with are counted at the end, for the keys `touched`
final class CommitRows {

    private final Database database;
    private final Columns columns;
    private final Rows rows;
    private final Letters letters;
    private final Dead dead;
    private final String find;
    private final String delete;
    private final String putAside;
    private final String notAside;
    private final String touch;
    private boolean anyAside;
    private boolean anyTouched;
    private long version;
    private long committed;
    private boolean diverged;
    private boolean erased;
    private long entities;
    private long entitiesBefore;
    private long applied;
    private long newLetters;

    CommitRows(Database database, Columns columns, Clock clock) throws SQLException {
        this.database = database;
        this.columns = columns;
        this.rows = Rows.of(columns);
        this.letters = new Letters(database, columns, clock);
        this.dead = new Dead(database, columns);
        String key = columns.keyEquals("");
        this.find = "SELECT version FROM entity WHERE " + key;
        this.delete = "DELETE FROM entity WHERE " + key;
        this.putAside = "INSERT OR IGNORE INTO temp.aside SELECT * FROM entity WHERE " + key;
        this.notAside = "DELETE FROM temp.aside WHERE " + key;
        this.touch = "INSERT OR IGNORE INTO temp.touched (" + columns.keyNames() + ") VALUES ("
                + Letters.marks(columns.key().size()) + ")";
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
            putAside(row.key());
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
        if (anyAside) {
            database.change(notAside, columns.encode(row.key()));
        }
        withholdBoth(row);
    }

    /// The version of the row under a key; -1 if there is none.
    private long versionOf(EntityKey key) throws SQLException {
        try (ResultSet row = database.query(find, columns.encode(key))) {
            return row.next() ? row.getLong(1) : -1;
        }
    }

    private void putAside(EntityKey key) throws SQLException {
        anyAside = true;
        database.change(putAside, columns.encode(key));
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
        newLetters++;
    }

    private void addLetter(Upserted row) throws SQLException {
        letters.add(row, version, committed);
        newLetters++;
        touch(row.key());
    }

    private void delete(@Nullable EntityKey key, byte @Nullable [] row) throws SQLException {
        if (key == null) {
            if (row != null) {
                letters.removeKeyless(row, version);
                erased = true;
            }
        } else if (!dead.add(key, version)) {
            remove(key, row);
        }
    }

    /// A row from before this commit is gone.
    private void remove(EntityKey key, byte @Nullable [] row) throws SQLException {
        boolean wasAside = anyAside && database.change(notAside, columns.encode(key)) == 1;
        if (!wasAside && letters.isWithheld(key)) {
            letters.remove(key, row, version);
            erased = true;
            touch(key);
        }
    }

    private void withhold(Unservable row) throws SQLException {
        EntityKey key = row.key();
        if (key != null) {
            if (!letters.isWithheld(key)) {
                clear(key);
                letters.withhold(key, row.reason());
            }
            touch(key);
        }
        letters.add(row, version, committed);
        newLetters++;
    }

    /// Takes what is under a key out of the entities: to the letters if this commit wrote it, aside if it may be there
    /// still.
    private void clear(EntityKey key) throws SQLException {
        long found = versionOf(key);
        if (found == version) {
            moveWritten(key);
        } else if (found >= 0) {
            if (!diverged && !dead.contains(key, version)) {
                putAside(key);
            }
            database.change(delete, columns.encode(key));
            entities--;
        }
    }

    private void touch(EntityKey key) throws SQLException {
        anyTouched = true;
        database.change(touch, columns.encode(key));
    }

    /// The commit is complete.
    CommitEffect end() throws SQLException {
        long removed = dead.deleteAll(version);
        erased |= removed > 0;
        entities -= removed;
        if (anyAside) {
            withholdAside();
        }
        if (anyTouched) {
            settle();
        }
        return new CommitEffect(applied, newLetters, entitiesBefore, removed);
    }

    /// What was inserted over and never deleted is there beside what was inserted.
    private void withholdAside() throws SQLException {
        for (EntityKey key = first("aside"); key != null; key = first("aside")) {
            if (!letters.isWithheld(key)) {
                letters.withhold(key, Reason.DUPLICATE_KEY);
                moveWritten(key);
            }
            letters.move(key, "temp.aside", version);
            touch(key);
        }
        anyAside = false;
    }

    private void settle() throws SQLException {
        for (EntityKey key = first("touched"); key != null; key = first("touched")) {
            switch (letters.left(key, version)) {
                case NONE -> letters.release(key);
                case ONE -> serve(key);
                case ONE_OF_NOW -> {
                    serve(key);
                    newLetters--;
                }
                case OTHERS -> letters.explain(key);
            }
            database.change("DELETE FROM temp.touched WHERE " + columns.keyEquals(""), columns.encode(key));
        }
        anyTouched = false;
    }

    private void serve(EntityKey key) throws SQLException {
        letters.serve(key, version, committed);
        entities++;
    }

    private @Nullable EntityKey first(String table) throws SQLException {
        try (ResultSet row = database.query("SELECT " + columns.keyNames() + " FROM temp." + table + " LIMIT 1")) {
            return row.next() ? columns.decode(row, 1) : null;
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
