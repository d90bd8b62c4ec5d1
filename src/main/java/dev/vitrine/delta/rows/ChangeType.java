package dev.vitrine.delta.rows;

/// What happened to a row, in the words of Delta's `_change_type`.
public enum ChangeType {
    INSERT("insert"),
    UPDATE_PREIMAGE("update_preimage"),
    UPDATE_POSTIMAGE("update_postimage"),
    DELETE("delete");

    private final String text;

    ChangeType(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    public static ChangeType of(String text) {
        for (ChangeType type : values()) {
            if (type.text.equals(text)) {
                return type;
            }
        }
        throw new IllegalArgumentException("unknown _change_type '" + text + "'");
    }
}
