package dev.vitrine.store.cosmos;

/// A generation that is not served yet, for a writer of the commits that it has to catch up with.
record BuildingTarget(Load load, CosmosWriter writer) implements CommitWriter.Target {

    @Override
    public Standing standing() {
        writer.control().required(writer.token());
        return load.generation().at();
    }

    @Override
    public void move(Standing to) {
        load.moved(to);
    }

    @Override
    public long letters(int count) {
        return writer.control().letters(writer.token(), count);
    }
}
