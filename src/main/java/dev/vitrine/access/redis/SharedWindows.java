package dev.vitrine.access.redis;

import dev.vitrine.access.limit.Window;
import java.util.List;

/// The windows that all processes share. Threads may share it.
interface SharedWindows {

    /// Takes units of every window in one step, or none.
    ///
    /// @param must units that are needed; negative: units to give back
    /// @param more units that are taken too, as far as every window leaves them
    /// @throws RedisGone if that cannot be done now; whether it was done is not known then
    Answer take(String owner, List<Window> windows, long must, long more) throws RedisGone;

    /// @param granted whether the needed units were taken
    /// @param more units that were taken beside them
    /// @param remaining units of each window, when all that is done
    /// @param resetMillis until each window begins anew
    @SuppressWarnings("ArrayRecordComponent")
    record Answer(boolean granted, long more, long[] remaining, long[] resetMillis) {}
}
