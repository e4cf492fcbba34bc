package dev.taxon.cli.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Date;
import org.jspecify.annotations.NullMarked;

/** Dependencies between the modules point one way, as in ARCHITECTURE.md's table, and nothing that the house avoids creeps in. */
@AnalyzeClasses(packages = "dev.taxon", importOptions = DoNotIncludeTests.class)
final class HouseTest {
    private static final String CORE = "dev.taxon.core..";
    private static final String TRAINING = "dev.taxon.training..";
    private static final String SERVING = "dev.taxon.serving..";
    private static final String SDK = "dev.taxon.sdk..";
    private static final String MODELS = "dev.taxon.models..";
    private static final String CLI = "dev.taxon.cli..";
    private static final String[] PLATFORM = {
        "io.quarkus..",
        "jakarta..",
        "java.sql..",
        "javax.sql..",
        "java.net.http..",
        "org.postgresql..",
        "org.flywaydb.."
    };

    @ArchTest
    static final ArchRule CORE_KNOWS_NO_OTHER_MODULE = noClasses()
            .that()
            .resideInAPackage(CORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(TRAINING, SERVING, SDK, MODELS, CLI);

    @ArchTest
    static final ArchRule CORE_AND_TRAINING_ARE_PLAIN_LIBRARIES = noClasses()
            .that()
            .resideInAnyPackage(CORE, TRAINING)
            // Parquet is read through DuckDB, which runs within the process and speaks JDBC.
            .and()
            .doNotHaveFullyQualifiedName("dev.taxon.training.data.ParquetFile")
            .and()
            .doNotHaveFullyQualifiedName("dev.taxon.training.data.ParquetRows")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PLATFORM);

    @ArchTest
    static final ArchRule TRAINING_KNOWS_CORE_ALONE = noClasses()
            .that()
            .resideInAPackage(TRAINING)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SERVING, SDK, MODELS, CLI);

    @ArchTest
    static final ArchRule MODELS_KNOW_CORE_ALONE = noClasses()
            .that()
            .resideInAPackage(MODELS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(TRAINING, SERVING, SDK, CLI)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule SDK_KNOWS_JACKSON_AND_THE_JDK_ALONE = classes()
            .that()
            .resideInAPackage(SDK)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(SDK, "java..", "javax.net.ssl..", "com.fasterxml.jackson..", "org.jspecify..");

    @ArchTest
    static final ArchRule NOBODY_KNOWS_THE_COMMAND_LINE = noClasses()
            .that()
            .resideOutsideOfPackage(CLI)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(CLI);

    @ArchTest
    static final ArchRule NO_KOTLIN_AND_NO_LOMBOK =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("kotlin..", "kotlinx..", "lombok..");

    @ArchTest
    static final ArchRule NO_FIELD_INJECTION = noFields()
            .should()
            .beAnnotatedWith("jakarta.inject.Inject")
            .orShould()
            .beAnnotatedWith("org.eclipse.microprofile.config.inject.ConfigProperty")
            .orShould()
            .beAnnotatedWith("jakarta.persistence.PersistenceContext")
            .orShould()
            .beAnnotatedWith("jakarta.ws.rs.core.Context");

    /**
     * What is remembered or put off for a day is held against the database's time: a node whose clock is wrong would forget
     * keys, give up deliveries, and fill quotas again. A clock that is handed in there is the database's.
     */
    @ArchTest
    static final ArchRule NO_NODES_CLOCK_WHERE_THE_DATABASE_TELLS_THE_TIME = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.taxon.serving.idempotency..", "dev.taxon.serving.webhook..", "dev.taxon.serving.quota..")
            .should()
            .accessTargetWhere(DescribedPredicate.describe("read the node's clock", HouseTest::readsTheNodesClock))
            .orShould()
            .callConstructor(Date.class);

    private static boolean readsTheNodesClock(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getName();
        return owner.startsWith("java.time.") && (name.equals("now") || name.startsWith("system"))
                || owner.equals("java.lang.System") && name.equals("currentTimeMillis");
    }

    // A module's root package holds what others call it by, and its inner packages build on those types; the rule is on
    // the inner packages among themselves.
    @ArchTest
    static final ArchRule NO_CYCLES_IN_CORE =
            slices().matching("dev.taxon.core.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_CYCLES_IN_TRAINING =
            slices().matching("dev.taxon.training.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_CYCLES_IN_SERVING =
            slices().matching("dev.taxon.serving.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_CYCLES_IN_THE_COMMAND_LINE =
            slices().matching("dev.taxon.cli.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule EVERY_PACKAGE_SAYS_WHERE_NULL_MAY_BE = classes()
            .should(new ArchCondition<JavaClass>("be in a package that is @NullMarked") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                        events.add(SimpleConditionEvent.violated(type, "no @NullMarked on " + type.getPackageName()));
                    }
                }
            });
}
