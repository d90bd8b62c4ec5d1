package dev.vitrine.store.cosmos.server;

/// An answer that is an error.
final class Refusal extends RuntimeException {

    private final int status;
    private final int substatus;

    private Refusal(int status, int substatus, String message) {
        super(message, null, false, false);
        this.status = status;
        this.substatus = substatus;
    }

    static Refusal of(int status, int substatus, String message) {
        return new Refusal(status, substatus, message);
    }

    static Refusal badRequest(String message) {
        return of(400, 0, message);
    }

    static Refusal notFound(String what) {
        return of(404, 0, "Entity with the specified id does not exist in the system: " + what);
    }

    /// The database or container that the request goes into is not there.
    static Refusal noOwner(String what) {
        return of(404, 1003, "Owner resource does not exist: " + what);
    }

    static Refusal conflict(String what) {
        return of(409, 0, "Entity with the specified id already exists in the system: " + what);
    }

    static Refusal preconditionFailed() {
        return of(412, 0, "Operation cannot be performed because one of the specified precondition is not met.");
    }

    static Refusal tooLarge(String message) {
        return of(413, 0, message);
    }

    int status() {
        return status;
    }

    int substatus() {
        return substatus;
    }

    Reply reply() {
        var body = Json.object().put("code", String.valueOf(status)).put("message", getMessage());
        return Reply.of(status, body).with("x-ms-substatus", String.valueOf(substatus));
    }
}
