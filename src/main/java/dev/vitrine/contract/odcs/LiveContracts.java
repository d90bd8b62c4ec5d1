package dev.vitrine.contract.odcs;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.ContractsInvalid;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.contract.LoadedContracts;
import dev.vitrine.contract.Problem;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The contracts of a folder that may change while the service runs. A broken edit is refused, and what was accepted
/// before stays in force; the store keeps that, so that it outlives the process. An edit that asks for more than is
/// stored comes into force once that is loaded. Threads may share it; somebody must call [#look] and [#settle].
public final class LiveContracts implements Contracts {

    private final Path folder;
    private final Environment environment;
    private final Storage storage;
    private final KeptElsewhere elsewhere;
    private String seen = "";
    private String decided = "";
    private byte[] kept = {};
    private volatile State state = new State(Forms.none(), new LoadedContracts(List.of(), List.of()), List.of());

    /// @param refused everything that is wrong with the folder now
    private record State(Forms forms, LoadedContracts inForce, List<Problem> refused) {}

    private LiveContracts(Path folder, Environment environment, Storage storage, InstantSource clock) {
        this.folder = folder;
        this.environment = environment;
        this.storage = storage;
        this.elsewhere = new KeptElsewhere(storage, folder, environment, clock);
    }

    /// Reads the folder for the first time, and what the store keeps.
    ///
    /// @throws ContractsInvalid with everything that is wrong, if nothing was accepted before that could stand in
    public static LiveContracts open(Path folder, Environment environment, Storage storage, InstantSource clock) {
        LiveContracts contracts = new LiveContracts(folder, environment, storage, clock);
        contracts.start();
        return contracts;
    }

    private synchronized void start() {
        Optional<Forms> before = storage.kept().flatMap(bytes -> {
            kept = bytes;
            return KeptForms.read(bytes, folder, environment);
        });
        Forms accepted = before.orElse(Forms.none());
        Listing listing = Listing.of(folder);
        Acceptance found = Acceptance.of(listing, accepted.newest(), environment);
        if (!found.problems().isEmpty() && (before.isEmpty() || found.forms().isEmpty())) {
            throw new ContractsInvalid(found.problems());
        }
        take(accepted.with(found.forms(), environment), found.problems());
        seen = listing.digest();
        decided = seen;
        try {
            settle();
        } catch (RuntimeException oneTableIsBroken) {
            // that must not keep the others from being served; whoever calls settle next hears of it
        }
    }

    /// Looks at the folder. What it holds counts once two looks in a row found the same, since files may be written in
    /// several steps.
    public synchronized void look() {
        Listing listing = Listing.of(folder);
        String digest = listing.digest();
        boolean atRest = digest.equals(seen);
        seen = digest;
        if (atRest && !digest.equals(decided)) {
            Forms accepted = state.forms;
            Acceptance found = Acceptance.of(listing, accepted.newest(), environment);
            take(accepted.with(found.forms(), environment).settled(storage::covers), found.problems());
            decided = digest;
        }
    }

    /// Brings into force what waits for the store, where the store has become ready. Cheap while nothing waits.
    public synchronized void settle() {
        State known = state;
        Forms settled = known.forms.settled(storage::covers);
        if (settled != known.forms) {
            take(settled, known.refused);
        }
    }

    /// Keeps before it changes anything, so that a store that fails leaves all as it was.
    private void take(Forms forms, List<Problem> refused) {
        byte[] bytes = KeptForms.write(forms);
        if (!Arrays.equals(bytes, kept)) {
            storage.keep(bytes);
            kept = bytes;
        }
        LoadedContracts inForce = state.inForce;
        if (!forms.first().equals(state.forms.first())) {
            inForce = Form.together(forms.first());
        }
        state = new State(forms, inForce, List.copyOf(refused));
    }

    @Override
    public List<DataProduct> products() {
        return state.inForce.products();
    }

    @Override
    public List<GoldTable> tables() {
        return state.inForce.tables();
    }

    @Override
    public List<GoldTable> wanted() {
        return Form.tables(state.forms.newest().values());
    }

    @Override
    public Contracts now() {
        return state.inForce;
    }

    @Override
    public Optional<Contracts> instead(DataProduct product, EntityType entity, GoldTable lacking) {
        return state.forms
                .answering(product, entity, lacking, storage::covers)
                .or(() -> elsewhere.forms().answering(product, entity, lacking, storage::covers))
                .map(contracts -> contracts);
    }

    @Override
    public Optional<String> text(DataProduct product) {
        return state.forms.first().stream()
                .flatMap(form -> form.files().stream())
                .filter(file -> file.product() == product)
                .findFirst()
                .map(file -> YamlDocument.without("servers", file.text()));
    }

    @Override
    public synchronized boolean complete() {
        return state.refused.isEmpty() && seen.equals(decided);
    }

    /// Everything that is wrong with the folder now; empty if all of it is accepted.
    public List<Problem> refused() {
        return state.refused;
    }

    /// The products of which an accepted edit waits for the store, by name.
    public Set<String> waiting() {
        return state.forms.waiting();
    }
}
