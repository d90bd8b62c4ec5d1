package dev.vitrine.graphql;

import dev.vitrine.rest.problem.ProblemType;

/// The request cannot be run: it is none of GraphQL over HTTP ([ProblemType#MALFORMED_REQUEST]), or its document is not
/// to be had.
final class CannotRun extends RuntimeException {

    private final ProblemType type;

    CannotRun(ProblemType type, String message) {
        super(message, null, false, false);
        this.type = type;
    }

    RequestFault fault() {
        return new RequestFault(type, String.valueOf(getMessage()));
    }

    /// The status of the answer.
    int status(AnswerType answer) {
        return type == ProblemType.MALFORMED_REQUEST ? type.status().value() : answer.refused();
    }
}
