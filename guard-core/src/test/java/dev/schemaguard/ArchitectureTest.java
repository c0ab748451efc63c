// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.schemaguard.check.Stopwatch;
import dev.schemaguard.monitor.LiveStatus;
import dev.schemaguard.testing.StaticState;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The shape of the library, as CONTRIBUTING.md draws it. */
class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.schemaguard");

  /** What users see. An addition here is a decision: what is exported stays. */
  private static final List<String> EXPORTED_TYPES =
      List.of(
          "dev.schemaguard.SchemaGuard",
          "dev.schemaguard.SchemaGuardBuilder",
          "dev.schemaguard.SchemaGuards",
          "dev.schemaguard.connections.ConnectedVersions",
          "dev.schemaguard.connections.ConnectionTag",
          "dev.schemaguard.tool.AlembicHistoryReader",
          "dev.schemaguard.history.CustomHistoryTable",
          "dev.schemaguard.tool.FlywayHistoryReader",
          "dev.schemaguard.tool.GolangMigrateHistoryReader",
          "dev.schemaguard.tool.HistoryBatch",
          "dev.schemaguard.tool.HistoryCandidate",
          "dev.schemaguard.history.HistoryEntry",
          "dev.schemaguard.history.HistoryLocation",
          "dev.schemaguard.history.HistoryPlace",
          "dev.schemaguard.history.HistoryReader",
          "dev.schemaguard.history.HistoryResult",
          "dev.schemaguard.tool.LiquibaseHistoryReader",
          "dev.schemaguard.tool.ManyHistories",
          "dev.schemaguard.history.MigrationOwner",
          // Judges the query that names the tenants.
          "dev.schemaguard.dialect.OneSelect",
          "dev.schemaguard.dialect.DatabaseSession",
          // The advice on an unreachable database depends on it.
          "dev.schemaguard.dialect.Refusal",
          "dev.schemaguard.dialect.ReturnedConnection",
          "dev.schemaguard.dialect.Schemas",
          "dev.schemaguard.dialect.SqlFailure",
          "dev.schemaguard.tool.Surroundings",
          "dev.schemaguard.history.Tool",
          // What preflight and advice know of a server that takes no writes.
          "dev.schemaguard.dialect.WriteState",
          "dev.schemaguard.matrix.AppVersion",
          // The limit of a document is the same in an application's archive as in a file.
          "dev.schemaguard.matrix.BoundedText",
          "dev.schemaguard.matrix.ChangesetKey",
          "dev.schemaguard.matrix.ClientCompatibility",
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
          "dev.schemaguard.matrix.RequiresAppMarker",
          "dev.schemaguard.matrix.ResolvedRow",
          "dev.schemaguard.matrix.Revision",
          "dev.schemaguard.matrix.RevisionChain",
          "dev.schemaguard.matrix.UnknownAhead",
          "dev.schemaguard.matrix.VersionPattern",
          // Every package that publishes a text makes it safe to print with it.
          "dev.schemaguard.matrix.VisibleText",
          "dev.schemaguard.policy.IncompatibleSchemaException",
          "dev.schemaguard.policy.LogFormat",
          "dev.schemaguard.policy.Mode",
          "dev.schemaguard.policy.Readiness",
          "dev.schemaguard.policy.StatusListener",
          "dev.schemaguard.preflight.Preflight",
          "dev.schemaguard.preflight.Rollback",
          "dev.schemaguard.preflight.RunningVersion",
          "dev.schemaguard.preflight.UpgradeTolerance",
          "dev.schemaguard.report.CompatibilityGrid",
          "dev.schemaguard.report.GridSymbol",
          "dev.schemaguard.report.StatusPage",
          "dev.schemaguard.report.UnavailablePage",
          "dev.schemaguard.status.DatabaseUrl",
          "dev.schemaguard.status.JsonObject",
          "dev.schemaguard.status.MigrationLock",
          "dev.schemaguard.status.MigrationStatus",
          "dev.schemaguard.status.Problem",
          "dev.schemaguard.status.TenantStatus",
          "dev.schemaguard.status.TenantsStatus",
          "dev.schemaguard.status.Verdict",
          "dev.schemaguard.tenants.TenantProgress",
          "dev.schemaguard.tenants.Tenants");

  @Test
  void exactlyTheseTypesAreExported() {
    List<String> found =
        CLASSES.stream()
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(type -> type.getEnclosingClass().isEmpty())
            .filter(type -> !HIDDEN.contains(type.getPackageName()))
            .map(JavaClass::getName)
            .toList();
    assertThat(new TreeSet<>(found)).containsExactlyElementsOf(EXPORTED_TYPES);
  }

  /** The module exports them to no application. */
  private static final Set<String> HIDDEN =
      Set.of(
          "dev.schemaguard.assessment",
          "dev.schemaguard.assessment.problem",
          "dev.schemaguard.assessment.rollback",
          "dev.schemaguard.check",
          "dev.schemaguard.check.tenants",
          "dev.schemaguard.monitor",
          "dev.schemaguard.settings");

  /** From the bottom to the top: a package uses only those that stand before it. */
  private static final List<String> LAYERS =
      List.of(
          "dev.schemaguard.matrix",
          "dev.schemaguard.status",
          "dev.schemaguard.preflight",
          "dev.schemaguard.history",
          "dev.schemaguard.tenants",
          "dev.schemaguard.assessment",
          "dev.schemaguard.assessment.rollback",
          "dev.schemaguard.assessment.problem",
          "dev.schemaguard.policy",
          "dev.schemaguard.settings",
          "dev.schemaguard.connections",
          "dev.schemaguard.check",
          "dev.schemaguard.check.tenants",
          "dev.schemaguard.monitor",
          "dev.schemaguard.report",
          "dev.schemaguard");

  @Test
  void everyPackageHasItsLayer() {
    assertThat(CLASSES.stream().map(JavaClass::getPackageName).distinct())
        .containsExactlyInAnyOrderElementsOf(LAYERS);
  }

  @Test
  void packagesUseOnlyThoseThatStandBelowThem() {
    List<String> upwards =
        CLASSES.stream()
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .filter(
                use ->
                    LAYERS.indexOf(use.getTargetClass().getPackageName())
                        > LAYERS.indexOf(use.getOriginClass().getPackageName()))
            .map(Dependency::getDescription)
            .toList();
    assertThat(upwards).isEmpty();
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
