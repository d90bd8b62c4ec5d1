package dev.vitrine.rest;

import dev.vitrine.access.Visit;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// Counts what is sent of an export, and takes what it costs: a unit for each 16 KB before compression, as far as the
/// pages that it is read by have not paid for them. One thread.
final class PaidBytes extends FilterOutputStream {

    private static final long BYTES_OF_A_UNIT = 16 * 1024;

    private final Visit visit;
    private long bytes;
    private long paid;

    PaidBytes(OutputStream out, Visit visit) {
        super(out);
        this.visit = visit;
    }

    @Override
    public void write(int octet) throws IOException {
        out.write(octet);
        bytes++;
    }

    @Override
    public void write(byte[] octets, int from, int length) throws IOException {
        out.write(octets, from, length);
        bytes += length;
    }

    /// Units were taken for a page that is sent here.
    void paid(long units) {
        paid += units;
    }

    /// Takes what is due before anything else is read.
    ///
    /// @throws dev.vitrine.access.LimitExceeded if there is less left
    void pay() {
        long due = due();
        if (due > 0) {
            visit.charge(due);
            paid += due;
        }
    }

    /// Takes what is due at the end, as far as there is so much left: the answer is whole.
    void settle() {
        long due = due();
        if (due > 0) {
            visit.settle(due);
            paid += due;
        }
    }

    private long due() {
        return bytes / BYTES_OF_A_UNIT - paid;
    }
}
