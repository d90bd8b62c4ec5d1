package dev.vitrine.store.cosmos;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is to become of a key.
///
/// @param id of the item that says what is under the key
/// @param before what was found there
/// @param version of the commit that made the state after
/// @param liveBefore whether the key was live at the checkpoint that the writer started from
/// @param live whether it counts as live by now
/// @param changed whether this writer changed it
/// @param segment null: not in a load
record Pending(
        String id,
        Stored before,
        KeyState after,
        long version,
        boolean liveBefore,
        boolean live,
        boolean changed,
        Items.@Nullable Segment segment) {

    /// As it was found.
    static Pending of(String id, Stored found, boolean liveBefore) {
        return new Pending(id, found, found.state(), found.version(), liveBefore, liveBefore, false, null);
    }

    /// Left as it was found.
    Pending found() {
        return new Pending(id, before, after, version, liveBefore, after.isLive(), changed, segment);
    }

    Pending to(KeyState state, long by) {
        return new Pending(id, before.toReplace(), state, by, liveBefore, state.isLive(), true, segment);
    }

    Pending in(Items.Segment load) {
        return new Pending(id, before, after, version, liveBefore, live, changed, load);
    }

    /// The same over something else.
    Pending over(Stored found) {
        return new Pending(id, found, after, version, liveBefore, live, changed, segment);
    }

    boolean isToWrite() {
        return changed && (before.etag() != null || !after.isAbsent());
    }

    boolean hasKey() {
        return !Ids.isKeyless(id);
    }

    /// How many rows of a version are letters.
    long lettersOf(long writtenIn) {
        return after.isWithheld()
                ? after.copies().stream()
                        .filter(copy -> copy.written() == writtenIn)
                        .count()
                : 0;
    }

    /// The same, beyond those that take the place of a letter that was there.
    ///
    /// @param known the state before that version
    long newLettersOf(long writtenIn, Pending known) {
        return after.isWithheld() && known.after.isWithheld()
                ? Math.max(0, after.rows() - known.after.rows())
                : lettersOf(writtenIn);
    }

    int lettersWithoutId() {
        return (int) letters(after).stream().filter(letter -> letter.id() == 0).count();
    }

    Pending withLetterIds(long first) {
        if (lettersWithoutId() == 0) {
            return this;
        }
        long next = first;
        List<Copy> copies = new ArrayList<>();
        for (Copy copy : after.copies()) {
            Copy.Letter letter = copy.letter();
            copies.add(letter == null || letter.id() != 0 ? copy : copy.as(letter.withId(next++)));
        }
        KeyState numbered = new KeyState(copies, after.dismissed(), after.reason());
        return new Pending(id, before, numbered, version, liveBefore, live, changed, segment);
    }

    /// Letters whose items are not there yet, or not as they should be.
    List<Copy> lettersToWrite() {
        Set<Copy.Letter> there = new HashSet<>(letters(before.state()));
        return after.copies().stream()
                .filter(copy -> copy.letter() != null && !there.contains(copy.letter()))
                .toList();
    }

    /// Ids of the items of letters that go.
    List<String> lettersToDelete() {
        List<String> gone = new ArrayList<>();
        letters(before.state()).forEach(letter -> gone.add(letter.item()));
        letters(after).forEach(letter -> gone.remove(letter.item()));
        return gone;
    }

    private static List<Copy.Letter> letters(KeyState state) {
        return state.copies().stream()
                .map(Copy::letter)
                .filter(Objects::nonNull)
                .toList();
    }

    boolean hasLetters() {
        return !lettersToWrite().isEmpty() || !lettersToDelete().isEmpty();
    }

    /// About how much memory it takes.
    int weight() {
        return 500 + before.state().weight() + after.weight();
    }
}
