package dev.vitrine.delta;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/// The local disk with the faults of a [FaultyTables]. Hadoop makes it by name.
final class FaultyFileSystem extends RawLocalFileSystem {

    /// The setting that tells which one.
    static final String DISK = "vitrine.test.disk";

    @Override
    public FSDataInputStream open(Path file, int bufferSize) throws IOException {
        String path = file.toUri().getPath();
        disk().step("open", path);
        FSDataInputStream real = super.open(file, bufferSize);
        return new FSDataInputStream(new Cut(real, disk().length(path, Long.MAX_VALUE)));
    }

    @Override
    public FileStatus[] listStatus(Path folder) throws IOException {
        disk().step("list", folder.toUri().getPath());
        FileStatus[] all = super.listStatus(folder);
        for (int index = 0; index < all.length; index++) {
            all[index] = shortened(all[index]);
        }
        return all;
    }

    @Override
    public FileStatus getFileStatus(Path file) throws IOException {
        disk().step("look", file.toUri().getPath());
        return shortened(super.getFileStatus(file));
    }

    private FileStatus shortened(FileStatus real) {
        long length = disk().length(real.getPath().toUri().getPath(), real.getLen());
        return length == real.getLen()
                ? real
                : new FileStatus(length, false, 1, real.getBlockSize(), real.getModificationTime(), real.getPath());
    }

    private FaultyTables disk() {
        return FaultyTables.of(getConf().get(DISK));
    }

    /// A file that ends early.
    private static final class Cut extends FSInputStream {

        private final FSDataInputStream real;
        private final long length;

        Cut(FSDataInputStream real, long length) {
            this.real = real;
            this.length = length;
        }

        @Override
        public void seek(long position) throws IOException {
            real.seek(position);
        }

        @Override
        public long getPos() throws IOException {
            return real.getPos();
        }

        @Override
        public boolean seekToNewSource(long position) {
            return false;
        }

        @Override
        public int read() throws IOException {
            return getPos() < length ? real.read() : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int count) throws IOException {
            long left = length - getPos();
            return count == 0 ? 0 : left <= 0 ? -1 : real.read(bytes, offset, (int) Math.min(count, left));
        }

        @Override
        public void close() throws IOException {
            real.close();
        }
    }
}
