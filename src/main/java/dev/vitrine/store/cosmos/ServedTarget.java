package dev.vitrine.store.cosmos;

import dev.vitrine.store.StoreFailure;

/// The generation that is served, for a writer of commits.
record ServedTarget(CosmosWriter writer, long number) implements CommitWriter.Target {

    @Override
    public Standing standing() {
        return served().at();
    }

    private Generation served() {
        Generation served = writer.control().required(writer.token()).served();
        if (served == null || served.number() != number) {
            throw new StoreFailure("another generation of " + writer.gold().address() + " is served by now");
        }
        return served;
    }

    @Override
    public void move(Standing to) {
        writer.moved(served(), to);
    }

    @Override
    public long letters(int count) {
        return writer.control().letters(writer.token(), count);
    }
}
