package dev.vitrine.access.limit;

import dev.vitrine.access.LimitExceeded;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// What one address may ask for without good credentials: it stops floods, and guessing, before they cost a signature
/// check. Counted in this process, whatever counts the plans. Threads may share it.
public final class AddressLimit {

    private static final int NETWORK_BYTES = 8;
    private static final int LONGEST = 64;

    private final Quotas quotas;
    private final List<Window> windows;

    AddressLimit(Quotas quotas, Window window) {
        this.quotas = quotas;
        this.windows = List.of(window);
    }

    /// Counts a request of the address.
    ///
    /// @throws LimitExceeded if there were too many
    public void count(String address) {
        Taken taken = quotas.take(owner(address), windows, 1);
        if (!taken.granted()) {
            throw exceeded(taken);
        }
    }

    private LimitExceeded exceeded(Taken taken) {
        return new LimitExceeded(taken.violated(windows, 1), taken.until(windows, 1));
    }

    /// Whoever has one address of IPv6 has the network around it.
    private static String owner(String address) {
        if (address.indexOf(':') >= 0) {
            try {
                byte[] all = InetAddress.ofLiteral(address).getAddress();
                return HexFormat.of().formatHex(Arrays.copyOf(all, Math.min(all.length, NETWORK_BYTES)));
            } catch (IllegalArgumentException anythingElse) {
                // Proxies that we trust may write that, too.
            }
        }
        return address.length() <= LONGEST ? address : address.substring(0, LONGEST);
    }
}
