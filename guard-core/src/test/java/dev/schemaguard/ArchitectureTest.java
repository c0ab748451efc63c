// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import dev.schemaguard.testing.StaticState;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The shape of the library, as CONTRIBUTING.md draws it. */
class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.schemaguard");

  /** An addition here is a decision: what is public stays. */
  private static final List<String> PUBLIC_TYPES =
      List.of(
          "dev.schemaguard.IncompatibleSchemaException",
          "dev.schemaguard.LogFormat",
          "dev.schemaguard.Mode",
          "dev.schemaguard.Preflight",
          "dev.schemaguard.Readiness",
          "dev.schemaguard.RunningVersion",
          "dev.schemaguard.SchemaGuard",
          "dev.schemaguard.SchemaGuardBuilder",
          "dev.schemaguard.SchemaGuards",
          "dev.schemaguard.StatusListener",
          "dev.schemaguard.TenantProgress",
          "dev.schemaguard.Tenants",
          "dev.schemaguard.TenantsSetting",
          "dev.schemaguard.assessment.Assessment",
          "dev.schemaguard.assessment.Assessor",
          "dev.schemaguard.assessment.Circumstances",
          "dev.schemaguard.assessment.CompatibilityGrid",
          "dev.schemaguard.assessment.FloorMarker",
          "dev.schemaguard.assessment.Migration",
          "dev.schemaguard.assessment.Obstacle",
          "dev.schemaguard.assessment.PathPatterns",
          "dev.schemaguard.assessment.Question",
          "dev.schemaguard.assessment.RedundantHeads",
          "dev.schemaguard.assessment.Rollback",
          // Preflight reports what the tool, as configured, leaves out.
          "dev.schemaguard.assessment.SkippedMigrations",
          "dev.schemaguard.assessment.Survival",
          "dev.schemaguard.fleet.ApplicationMark",
          "dev.schemaguard.fleet.Fleet",
          "dev.schemaguard.history.AlembicHistoryReader",
          "dev.schemaguard.history.Borrowing",
          "dev.schemaguard.history.FlywayHistoryReader",
          "dev.schemaguard.history.GolangMigrateHistoryReader",
          "dev.schemaguard.history.HistoryBatch",
          "dev.schemaguard.history.HistoryCandidate",
          "dev.schemaguard.history.HistoryEntry",
          "dev.schemaguard.history.HistoryLocation",
          "dev.schemaguard.history.HistoryPlace",
          "dev.schemaguard.history.HistoryReader",
          "dev.schemaguard.history.HistoryReading",
          "dev.schemaguard.history.LiquibaseHistoryReader",
          "dev.schemaguard.history.ManyHistories",
          // Judges the query that names the tenants.
          "dev.schemaguard.history.OneSelect",
          "dev.schemaguard.history.ReadSession",
          "dev.schemaguard.history.RecordedTable",
          // The advice on an unreachable database depends on it.
          "dev.schemaguard.history.Refusal",
          "dev.schemaguard.history.Schemas",
          "dev.schemaguard.history.SqlFailure",
          "dev.schemaguard.history.Surroundings",
          "dev.schemaguard.history.Tool",
          // What preflight and advice know of a server that takes no writes.
          "dev.schemaguard.history.WriteState",
          "dev.schemaguard.matrix.AppVersion",
          // The limit of a document is the same in an application's archive as in a file.
          "dev.schemaguard.matrix.BoundedText",
          "dev.schemaguard.matrix.ChangesetKey",
          "dev.schemaguard.matrix.ClientFit",
          "dev.schemaguard.matrix.ClientTables",
          "dev.schemaguard.matrix.CompatibilityMatrix",
          "dev.schemaguard.matrix.ConfigurationException",
          // Whatever package takes text from outside removes credentials from it by the same rules.
          "dev.schemaguard.matrix.Credentials",
          // What a mistyped name means, for the settings of every adapter and for the command line.
          "dev.schemaguard.matrix.EditDistance",
          "dev.schemaguard.matrix.MatrixLocation",
          "dev.schemaguard.matrix.MatrixRow",
          "dev.schemaguard.matrix.MigrationVersion",
          "dev.schemaguard.matrix.NumberedChain",
          "dev.schemaguard.matrix.Numbering",
          "dev.schemaguard.matrix.ResolvedRow",
          "dev.schemaguard.matrix.Revision",
          "dev.schemaguard.matrix.RevisionChain",
          "dev.schemaguard.matrix.UnknownAhead",
          "dev.schemaguard.matrix.VersionPattern",
          // Every package that publishes a text makes it safe to print with it.
          "dev.schemaguard.matrix.VisibleText",
          "dev.schemaguard.report.GridSign",
          "dev.schemaguard.report.StatusPage",
          "dev.schemaguard.report.UnavailablePage",
          "dev.schemaguard.status.JsonObject",
          "dev.schemaguard.status.MigrationLock",
          "dev.schemaguard.status.MigrationStatus",
          "dev.schemaguard.status.Problem",
          "dev.schemaguard.status.TenantStatus",
          "dev.schemaguard.status.TenantsStatus",
          "dev.schemaguard.status.Verdict");

  @Test
  void exactlyTheseTypesArePublic() {
    List<String> found =
        CLASSES.stream()
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(type -> type.getEnclosingClass().isEmpty())
            .map(JavaClass::getName)
            .toList();
    assertThat(new TreeSet<>(found)).containsExactlyElementsOf(PUBLIC_TYPES);
  }

  @Test
  void packagesUseOnlyThoseThatStandBelowThem() {
    LayeredArchitecture layers =
        Architectures.layeredArchitecture().consideringOnlyDependenciesInLayers();
    for (String name : List.of("matrix", "status", "history", "assessment", "fleet", "report")) {
      layers = layers.layer(name).definedBy("dev.schemaguard." + name);
    }
    layers
        .layer("front")
        .definedBy("dev.schemaguard")
        .whereLayer("matrix")
        .mayNotAccessAnyLayer()
        .whereLayer("status")
        .mayOnlyAccessLayers("matrix")
        .whereLayer("history")
        .mayOnlyAccessLayers("matrix", "status")
        .whereLayer("assessment")
        .mayOnlyAccessLayers("matrix", "history", "status")
        .whereLayer("fleet")
        .mayOnlyAccessLayers("history", "status", "matrix")
        .whereLayer("report")
        .mayOnlyAccessLayers("assessment", "status", "matrix")
        .whereLayer("front")
        .mayOnlyAccessLayers("matrix", "history", "assessment", "fleet", "status")
        .check(CLASSES);
  }

  @Test
  void theLibraryNeedsTheJdkAndSlf4jAlone() {
    noClasses()
        .should()
        .dependOnClassesThat(
            not(
                resideInAnyPackage(
                    "dev.schemaguard..", "java..", "javax.sql..", "org.slf4j..", "org.jspecify..")))
        .check(CLASSES);
  }

  @Test
  void guardsShareNoStateThatCanChange() {
    assertThat(StaticState.changeable(CLASSES)).isEmpty();
  }

  @Test
  void onlyAStopwatchAndTheLiveStatusReadTheWallClock() {
    noClasses()
        .that(not(belongToAnyOf(Stopwatch.class, LiveStatus.class)))
        .should()
        .accessTargetWhere(describe("the wall clock is read", ArchitectureTest::readsTheWallClock))
        .check(CLASSES);
  }

  private static boolean readsTheWallClock(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String name = access.getTarget().getName();
    return (owner.startsWith("java.time.") && (name.equals("now") || name.startsWith("system")))
        || (owner.equals("java.lang.System") && name.equals("currentTimeMillis"))
        || ((owner.equals("java.util.Date") || owner.equals("java.util.GregorianCalendar"))
            && name.equals("<init>")
            && access.getDescription().contains("<init>()>"));
  }
}
