package dev.vitrine.store.embedded;

import dev.vitrine.store.StoreFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Removes what deleted rows leave in a database file although SQLite overwrites what it deletes: where it moves rows
/// to a neighbouring page, copies of them stay in the unused middle of the page they came from.
///
/// A page of a table or index begins with its kind, how many cells it has and where their content begins; then come two
/// bytes a cell. What is between these and the content belongs to nobody, whatever anybody else does with the file:
/// see <https://sqlite.org/fileformat2.html#b_tree_pages>. Pages of other kinds begin with the number of another page,
/// whose first byte is too small to be taken for a kind.
final class Traces implements AutoCloseable {

    private static final int TOGETHER = 1 << 25;
    private static final int FIRST_PAGE_HEADER = 100;
    /// From this size on numbers of pages could be taken for kinds.
    private static final long MAX_SIZE = 1L << 36;

    private final Path file;
    private final Path log;

    /// Stays open as long as the database is: closing any would take away the locks that SQLite has on the file.
    private @Nullable FileChannel channel;

    Traces(Path file) {
        this.file = file;
        this.log = file.resolveSibling(file.getFileName() + "-wal");
    }

    /// Returns whether it came to the end; not where somebody else kept the log in use.
    ///
    /// @param database connection to the file, without a transaction
    synchronized boolean remove(Database database) throws SQLException {
        try {
            FileChannel pages = channel;
            if (pages == null) {
                pages = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                channel = pages;
            }
            boolean more = pages.size() <= MAX_SIZE;
            for (long at = 0; more && at < pages.size(); at += TOGETHER) {
                more = remove(database, pages, at);
            }
            // pages in its memory still have them
            database.execute("PRAGMA shrink_memory");
            return more;
        } catch (IOException e) {
            throw new StoreFailure("cannot remove the traces of deleted rows from " + file, e);
        }
    }

    /// With an empty log, and while nobody can write to it, the file is all there is, and SQLite leaves it alone.
    private boolean remove(Database database, FileChannel pages, long from) throws SQLException, IOException {
        if (!database.truncateLog()) {
            return false;
        }
        database.change("BEGIN IMMEDIATE");
        try {
            if (Files.exists(log) && Files.size(log) > 0) {
                return false;
            }
            ByteBuffer read = ByteBuffer.allocate((int) Math.min(TOGETHER, pages.size() - from));
            while (read.hasRemaining() && pages.read(read, from + read.position()) >= 0) {}
            read.flip();
            int pageSize = (int) database.number("PRAGMA page_size");
            for (int page = 0; page + pageSize <= read.limit(); page += pageSize) {
                clear(read, page, from == 0 && page == 0 ? FIRST_PAGE_HEADER : 0, pageSize, pages, from);
            }
            return true;
        } finally {
            database.change("ROLLBACK");
        }
    }

    private static void clear(ByteBuffer read, int page, int header, int pageSize, FileChannel pages, long from)
            throws IOException {
        int kind = read.get(page + header);
        boolean leaf = kind == 0x0a || kind == 0x0d;
        boolean interior = kind == 0x02 || kind == 0x05;
        if (!leaf && !interior) {
            return;
        }
        int cells = Short.toUnsignedInt(read.getShort(page + header + 3));
        int content = Short.toUnsignedInt(read.getShort(page + header + 5));
        int start = page + header + (leaf ? 8 : 12) + 2 * cells;
        int end = page + (content == 0 ? 1 << 16 : content);
        if (start < end && end <= page + pageSize && !isEmpty(read, start, end)) {
            pages.write(ByteBuffer.allocate(end - start), from + start);
        }
    }

    private static boolean isEmpty(ByteBuffer read, int start, int end) {
        for (int i = start; i < end; i++) {
            if (read.get(i) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public synchronized void close() {
        FileChannel open = channel;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw new StoreFailure("cannot close " + file, e);
            }
        }
    }
}
