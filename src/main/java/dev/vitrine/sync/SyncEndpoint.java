package dev.vitrine.sync;

import java.util.Map;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/// `/actuator/sync`: the state of every table.
@Endpoint(id = "sync")
record SyncEndpoint(TableStates states) {

    /// By the table's address.
    @ReadOperation
    Map<String, TableState> tables() {
        return states.all();
    }
}
