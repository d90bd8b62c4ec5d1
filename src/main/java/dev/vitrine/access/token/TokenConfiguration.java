package dev.vitrine.access.token;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import dev.vitrine.access.AccessMisconfigured;
import dev.vitrine.access.token.TokenProperties.IssuerSettings;
import dev.vitrine.contract.Contracts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.converter.RsaKeyConverters;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/// Makes the trusted issuers out of the configuration; a bean of the type [JwtDecoder] takes their place.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({TokenProperties.class, OAuth2ResourceServerProperties.class})
class TokenConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(TokenConfiguration.class);
    private static final String SPRING = "spring.security.oauth2.resourceserver.jwt";

    private final InstantSource clock = InstantSource.system();

    @Bean
    Tokens tokens(
            ObjectProvider<JwtDecoder> decoder,
            TokenProperties properties,
            OAuth2ResourceServerProperties spring,
            ObjectProvider<Contracts> contracts) {
        // Where they are broken and the issuer is missing, the start is refused for them: people write them first.
        contracts.getIfAvailable();
        JwtDecoder known = decoder.getIfAvailable(() -> issuers(properties, spring.getJwt()));
        return new Tokens(known, new TokenReader(properties.tokens()), clock);
    }

    private Issuers issuers(TokenProperties properties, OAuth2ResourceServerProperties.Jwt spring) {
        Map<String, TrustedIssuer> trusted = new HashMap<>();
        properties.issuers().forEach((name, settings) -> {
            String key = "vitrine.issuers." + name;
            trusted.put(key, issuer(key, settings, null));
        });
        RSAPublicKey publicKey = publicKey(spring);
        if (publicKey != null || spring.getIssuerUri() != null || spring.getJwkSetUri() != null) {
            IssuerSettings settings = new IssuerSettings(
                    spring.getIssuerUri(), spring.getJwkSetUri(), spring.getAudiences(), spring.getJwsAlgorithms());
            trusted.put(SPRING, issuer(SPRING, settings, publicKey));
        }
        if (trusted.isEmpty()) {
            throw new IssuerNotConfigured();
        }
        Map<String, JwtDecoder> named = new HashMap<>();
        JwtDecoder other = null;
        for (Map.Entry<String, TrustedIssuer> entry : trusted.entrySet()) {
            String name = entry.getValue().name();
            JwtDecoder decoder = entry.getValue().decoder(properties.tokens().clockSkew());
            JwtDecoder twice = name == null ? other : named.put(name, decoder);
            if (twice != null) {
                throw new AccessMisconfigured(
                        "%s and another issuer have the same issuer-uri (%s).".formatted(entry.getKey(), name),
                        "Give each its own, or put the audiences of both into one.");
            }
            other = name == null ? decoder : other;
        }
        return new Issuers(named, other);
    }

    private TrustedIssuer issuer(String key, IssuerSettings settings, @Nullable RSAPublicKey publicKey) {
        Set<JWSAlgorithm> algorithms = algorithms(key, settings.jwsAlgorithms());
        if (settings.audiences().isEmpty()) {
            LOG.warn("{}.audiences is not set: every token of that issuer is taken, whoever it is meant for", key);
        }
        if (settings.issuerUri() == null) {
            LOG.warn("{}.issuer-uri is not set: what tokens say of their issuer is not checked", key);
        }
        JWSKeySelector<SecurityContext> keys = publicKey != null
                ? (header, context) -> algorithms.contains(header.getAlgorithm()) ? List.of(publicKey) : List.of()
                : new JWSVerificationKeySelector<>(algorithms, published(key, settings));
        return new TrustedIssuer(settings.issuerUri(), settings.audiences(), keys);
    }

    private IssuerKeys published(String key, IssuerSettings settings) {
        String people = settings.issuerUri() != null ? settings.issuerUri() : settings.jwkSetUri();
        if (people == null) {
            throw new AccessMisconfigured(
                    "%s has neither an issuer-uri nor a jwk-set-uri.".formatted(key),
                    "Set issuer-uri to what its tokens say in `iss`; its keys are then found by OpenID discovery.");
        }
        return new IssuerKeys(
                new KeySets(settings.issuerUri(), settings.jwkSetUri()), new IssuerTrouble(people, clock), clock);
    }

    private static Set<JWSAlgorithm> algorithms(String key, List<String> names) {
        return names.stream()
                .map(name -> {
                    JWSAlgorithm algorithm = JWSAlgorithm.parse(name);
                    if (!TrustedIssuer.canBePinned(algorithm)) {
                        throw new AccessMisconfigured(
                                "%s.jws-algorithms names %s, which is none that only the issuer can sign with."
                                        .formatted(key, name),
                                "Use some of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512.");
                    }
                    return algorithm;
                })
                .collect(Collectors.toUnmodifiableSet());
    }

    private static @Nullable RSAPublicKey publicKey(OAuth2ResourceServerProperties.Jwt spring) {
        if (spring.getPublicKeyLocation() == null) {
            return null;
        }
        try {
            byte[] pem = spring.readPublicKey().getBytes(StandardCharsets.UTF_8);
            return RsaKeyConverters.x509().convert(new ByteArrayInputStream(pem));
        } catch (IOException | IllegalArgumentException e) {
            throw new AccessMisconfigured(
                    "%s.public-key-location (%s) cannot be read: %s"
                            .formatted(SPRING, spring.getPublicKeyLocation(), e.getMessage()),
                    "It must be an RSA public key in PEM form, `-----BEGIN PUBLIC KEY-----`.");
        }
    }
}
