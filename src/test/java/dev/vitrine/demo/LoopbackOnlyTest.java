package dev.vitrine.demo;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.AccessMisconfigured;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

class LoopbackOnlyTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "::1", "localhost"})
    void startsOnThisMachineAlone(String address) {
        assertThatCode(() -> new LoopbackOnly(new MockEnvironment().withProperty("server.address", address)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.168.1.7", "", " "})
    void refusesAddressesThatOthersReach(String address) {
        assertThatThrownBy(() -> new LoopbackOnly(new MockEnvironment().withProperty("server.address", address)))
                .isInstanceOf(AccessMisconfigured.class)
                .hasMessageContaining("server.address");
    }

    @Test
    void refusesAllAddresses() {
        assertThatThrownBy(() -> new LoopbackOnly(new MockEnvironment())).isInstanceOf(AccessMisconfigured.class);
    }

    @Test
    void refusesAnOpenPortOfTheManagement() {
        MockEnvironment open = new MockEnvironment()
                .withProperty("server.address", "127.0.0.1")
                .withProperty("management.server.port", "9090")
                .withProperty("management.server.address", "0.0.0.0");

        assertThatThrownBy(() -> new LoopbackOnly(open))
                .isInstanceOf(AccessMisconfigured.class)
                .hasMessageContaining("management.server.address");
    }
}
