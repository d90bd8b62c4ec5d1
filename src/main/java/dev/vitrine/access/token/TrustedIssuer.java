package dev.vitrine.access.token;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/// An issuer whose tokens are taken, and under which conditions.
///
/// @param name what its tokens say in `iss`; null: anything
/// @param audiences one of which a token must be for; empty: any
/// @param keys that its tokens are signed with; none for an algorithm that is not pinned
record TrustedIssuer(@Nullable String name, List<String> audiences, JWSKeySelector<SecurityContext> keys) {

    /// Plain tokens say `JWT` or nothing, those of RFC 9068 `at+jwt`.
    private static final Set<@Nullable JOSEObjectType> TYPES = types();

    TrustedIssuer {
        audiences = List.copyOf(audiences);
    }

    /// Verifies its tokens. A token without an end is refused: nothing would ever end it.
    JwtDecoder decoder(Duration clockSkew) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(TYPES));
        processor.setJWSKeySelector(keys);
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(validators(clockSkew)));
        return decoder;
    }

    private List<OAuth2TokenValidator<Jwt>> validators(Duration clockSkew) {
        List<OAuth2TokenValidator<Jwt>> validators = new ArrayList<>();
        JwtTimestampValidator timestamps = new JwtTimestampValidator(clockSkew);
        timestamps.setAllowEmptyExpiryClaim(false);
        validators.add(timestamps);
        if (name != null) {
            validators.add(new JwtIssuerValidator(name));
        }
        if (!audiences.isEmpty()) {
            validators.add(new JwtClaimValidator<List<String>>(
                    JwtClaimNames.AUD, found -> found != null && !Collections.disjoint(found, audiences)));
        }
        return validators;
    }

    /// What a token may be signed with: something that only the issuer can sign with. A key that both sides know, or
    /// none,
    /// would let anybody issue tokens who knows what the issuer publishes.
    static boolean canBePinned(JWSAlgorithm algorithm) {
        return JWSAlgorithm.Family.RSA.contains(algorithm) || JWSAlgorithm.Family.EC.contains(algorithm);
    }

    private static Set<@Nullable JOSEObjectType> types() {
        Set<@Nullable JOSEObjectType> types = new HashSet<>();
        types.add(null);
        types.add(JOSEObjectType.JWT);
        types.add(new JOSEObjectType("at+jwt"));
        types.add(new JOSEObjectType("application/at+jwt"));
        return types;
    }
}
