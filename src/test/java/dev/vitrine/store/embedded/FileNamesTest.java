package dev.vitrine.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNamesTest {

    @ParameterizedTest
    @CsvSource({
        "dim_customer, dim_customer",
        "Orders, %4Frders",
        "../x, %2E%2E%2Fx",
        "a b, a%20b",
        "é, %C3%A9",
        "a%41, a%2541"
    })
    void everyNameIsASafeFileName(String name, String file) {
        assertThat(FileNames.of(name)).isEqualTo(file);
    }

    @Test
    void longNamesStayDifferent() {
        String name = "x".repeat(300);
        assertThat(FileNames.of(name)).hasSizeLessThan(200).isNotEqualTo(FileNames.of(name + "y"));
    }
}
