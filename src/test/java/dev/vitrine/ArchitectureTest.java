package dev.vitrine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/// The arrows of ARCHITECTURE.md, as failing tests.
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.vitrine");

    @Test
    void arrowsBetweenPackagesGoOneWay() {
        ApplicationModules.of(Vitrine.class).verify();
        slices().matching("dev.vitrine.(*)..").should().beFreeOfCycles().check(CLASSES);
        slices().matching("dev.vitrine.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void contractAndEntityKnowNoFramework() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.vitrine.contract..", "dev.vitrine.entity..")
                // what a package may use is declared with Modulith's annotation on its package-info
                .and()
                .doNotHaveSimpleName("package-info")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "jakarta..", "tools.jackson..", "com.fasterxml..")
                .check(CLASSES);
    }

    @Test
    void aVendorsNameAppearsInOnePlace() {
        onlyIn("dev.vitrine.delta..", "io.delta..", "org.apache.hadoop..", "org.apache.parquet..");
        onlyIn("dev.vitrine.store.embedded..", "org.sqlite..", "java.sql..");
        onlyIn("dev.vitrine.store.cosmos..", "com.azure..");
        onlyIn("dev.vitrine.demo..", "io.trino..", "org.springframework.security.oauth2.server.authorization..");
        onlyIn("dev.vitrine.rest..", "org.springdoc..", "io.swagger..");
        onlyIn("dev.vitrine.graphql..", "graphql..", "org.dataloader..", "org.springframework.graphql..");
        // in the adapters, dev.vitrine.store.redis and dev.vitrine.access.redis
        onlyIn("dev.vitrine.*.redis..", "io.lettuce..", "org.springframework.data.redis..");
    }

    @Test
    void nobodyReachesIntoAnAdapter() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.vitrine.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.vitrine.store.embedded..",
                        "dev.vitrine.store.cosmos..",
                        "dev.vitrine.store.cache..",
                        "dev.vitrine.store.redis..")
                .check(CLASSES);
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .should()
                .haveNameMatching(".*(Impl|Helper|Manager|Utils?|Dto)$")
                .orShould()
                .resideInAnyPackage("..common..", "..util..", "..impl..", "..dto..", "..service..", "..manager..")
                .check(CLASSES);
    }

    @Test
    void everyPackageSaysWhatItHolds() {
        classes()
                .that()
                .haveSimpleName("package-info")
                .should()
                .beAnnotatedWith("org.jspecify.annotations.NullMarked")
                .check(CLASSES);
    }

    private static void onlyIn(String home, String... vendors) {
        noClasses()
                .that()
                .resideOutsideOfPackage(home)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(vendors)
                .because("the name of a vendor appears in " + home + " alone")
                .check(CLASSES);
    }
}
