package dev.vitrine.contract;

/// One thing that is wrong with a contract, for the person who wrote it.
///
/// @param file the contract file
/// @param line 1-based line in it, 0 if none applies
/// @param path where in the document: `schema[0].properties[2].logicalType`
/// @param message what is wrong and why
/// @param fix what to write instead
public record Problem(String file, int line, String path, String message, String fix) {

    @Override
    public String toString() {
        return "%s:%d: %s: %s. %s".formatted(file, line, path, message, fix);
    }
}
