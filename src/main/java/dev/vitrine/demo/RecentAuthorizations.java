package dev.vitrine.demo;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.authorization.InMemoryOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;

/// Keeps the newest authorizations and forgets the others, so that clients may ask for tokens for weeks. A token that
/// is forgotten stays good until it expires: its signature says so, not this memory.
final class RecentAuthorizations implements OAuth2AuthorizationService {

    static final int MOST = 1_000;

    private final OAuth2AuthorizationService kept = new InMemoryOAuth2AuthorizationService();
    private final SequencedMap<String, OAuth2Authorization> newestLast = new LinkedHashMap<>();

    @Override
    public synchronized void save(OAuth2Authorization authorization) {
        kept.save(authorization);
        newestLast.putLast(authorization.getId(), authorization);
        while (newestLast.size() > MOST) {
            kept.remove(newestLast.pollFirstEntry().getValue());
        }
    }

    @Override
    public synchronized void remove(OAuth2Authorization authorization) {
        kept.remove(authorization);
        newestLast.remove(authorization.getId());
    }

    @Override
    public @Nullable OAuth2Authorization findById(String id) {
        return kept.findById(id);
    }

    @Override
    public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
        return kept.findByToken(token, type);
    }
}
