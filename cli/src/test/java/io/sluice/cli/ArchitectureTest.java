package io.sluice.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of ARCHITECTURE.md. */
@AnalyzeClasses(packages = "io.sluice", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule ARROWS_GO_DOWN = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("cli")
            .definedBy("io.sluice.cli..")
            .layer("lab")
            .definedBy("io.sluice.lab..")
            .layer("analysis")
            .definedBy("io.sluice.analysis..")
            .layer("flows")
            .definedBy("io.sluice.flows..")
            .layer("dataplane")
            .definedBy("io.sluice.dataplane..")
            .layer("manifests")
            .definedBy("io.sluice.manifests..")
            .layer("kubernetes")
            .definedBy("io.sluice.kubernetes..")
            .layer("policy")
            .definedBy("io.sluice.policy..")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("lab")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("analysis")
            .mayOnlyBeAccessedByLayers("lab", "cli")
            .whereLayer("flows")
            .mayOnlyBeAccessedByLayers("analysis", "lab", "cli")
            .whereLayer("dataplane")
            .mayOnlyBeAccessedByLayers("flows", "lab", "cli")
            .whereLayer("kubernetes")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("manifests")
            .mayOnlyBeAccessedByLayers("analysis", "lab", "cli");

    @ArchTest
    static final ArchRule POLICY_IS_PURE = classes()
            .that()
            .resideInAPackage("io.sluice.policy..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.sluice.policy..", "java.lang..", "java.util..", "org.jspecify..", "org.roaringbitmap..");

    @ArchTest
    static final ArchRule POLICY_HAS_NO_CYCLES =
            slices().matching("io.sluice.policy.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule DATAPLANE_HAS_NO_CYCLES =
            slices().matching("io.sluice.dataplane.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONE_ROOM_HAS_THE_CLIENT = noClasses()
            .that()
            .resideOutsideOfPackage("io.sluice.kubernetes..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.fabric8..");

    @ArchTest
    static final ArchRule ONE_CLASS_OF_THE_CLI_READS_CLUSTERS = noClasses()
            .that()
            .resideInAPackage("io.sluice.cli..")
            .and()
            .doNotHaveSimpleName("RunningCluster")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.sluice.kubernetes..")
            .because("all other starts would load the client too");

    @ArchTest
    static final ArchRule NO_GUAVA = noClasses().should().dependOnClassesThat().resideInAPackage("com.google.common..");

    @ArchTest
    static final ArchRule ONLY_THE_CLI_PRINTS = noClasses()
            .that()
            .resideOutsideOfPackage("io.sluice.cli..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");
}
