package dev.vitrine.store.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What is done in Redis in one step, each on one key, so that a cluster can spread them.
///
/// An entity's value is [Header], then a form of it; a marker, which says that the entity was changed, is a header
/// alone. Numbers in it are padded, so that text compares as they do.
enum Script {

    /// The entity, or the time if there is none.
    READ("""
            local value = redis.call('GET', KEYS[1])
            if value and string.sub(value, 75, 75) == 'E' then return value end
            local time = redis.call('TIME')
            return string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
            """),

    /// Value, time of the look, time to live. Refused if the look was so long ago that a marker may have gone
    /// meanwhile, if something newer is there, and if there is as new an entity, but of a newer revision.
    FILL("""
            local time = redis.call('TIME')
            if time[1] * 1000 - tonumber(ARGV[2]) > 30000 then return '0' end
            local old = redis.call('GET', KEYS[1])
            if old then
              local is, was = string.sub(ARGV[1], 1, 45), string.sub(old, 1, 45)
              if is < was then return '0' end
              if is == was and string.sub(old, 75, 75) == 'E'
                and string.sub(ARGV[1], 46, 74) <= string.sub(old, 46, 74) then return '0' end
            end
            redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
            return '1'
            """),

    /// Value, or nothing; marker, time to live of each, whether also what is not kept yet is to be.
    CHANGE("""
            local old = redis.call('GET', KEYS[1])
            local kept = old and string.sub(old, 75, 75) == 'E'
            if old then
              local is, was = string.sub(ARGV[2], 1, 45), string.sub(old, 1, 45)
              if is < was then return '0' end
              if is == was and kept and string.sub(ARGV[2], 46, 74) <= string.sub(old, 46, 74) then return '0' end
            end
            if ARGV[1] ~= '' and (kept or ARGV[5] == '1') then
              redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
              return '1'
            end
            redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[4])
            return '1'
            """),

    /// Mark that is expected, version that it moves to, whether it is another turn in any case, channel, what is told.
    /// Returns the new mark.
    MOVE("""
            local old = redis.call('GET', KEYS[1])
            local turn
            if old and old == ARGV[1] and ARGV[3] ~= '1' then
              turn = string.sub(old, 1, 16)
            else
              local time = redis.call('TIME')
              local before = old and tonumber(string.sub(old, 1, 16)) or 0
              turn = string.format('%016.0f', math.max(before + 1, time[1] * 1000 + math.floor(time[2] / 1000)))
            end
            local now = turn .. ARGV[2]
            redis.call('SET', KEYS[1], now, 'PX', 86400000)
            redis.call('PUBLISH', ARGV[4], (old and old == ARGV[1] and old or '-') .. ' ' .. now .. ' ' .. ARGV[5])
            return now
            """),

    /// The mark; a new one at that version if there is none.
    MARK("""
            local old = redis.call('GET', KEYS[1])
            if old then
              redis.call('PEXPIRE', KEYS[1], 86400000)
              return old
            end
            local time = redis.call('TIME')
            local now = string.format('%016.0f', time[1] * 1000 + math.floor(time[2] / 1000)) .. ARGV[1]
            redis.call('SET', KEYS[1], now, 'PX', 86400000)
            return now
            """);

    private final byte[] text;
    private final String digest;

    Script(String text) {
        this.text = text.getBytes(StandardCharsets.UTF_8);
        try {
            this.digest =
                    HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(this.text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    byte[] text() {
        return text;
    }

    String digest() {
        return digest;
    }
}
