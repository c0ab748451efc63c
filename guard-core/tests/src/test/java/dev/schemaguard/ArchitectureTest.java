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
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The shape of the library, as CONTRIBUTING.md draws it. */
class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("dev.schemaguard");

  /**
   * What users see, and why. An addition here is a decision: what is exported stays. There are at
   * most 50.
   */
  private static final Map<String, String> EXPORTED_TYPES =
      Map.ofEntries(
          Map.entry("SchemaGuard", "the guard"),
          Map.entry("SchemaGuardBuilder", "its settings in code"),
          Map.entry("SchemaGuards", "the guards of several databases"),
          Map.entry("connections.ConnectedVersions", "the answer of SchemaGuard.connectedVersions"),
          Map.entry("connections.ConnectionTag", "puts the application's name on its connections"),
          Map.entry("history.CustomHistoryTable", "describes the table of another tool"),
          Map.entry("history.HistoryEntry", "what a reader of the application's own returns"),
          Map.entry("history.HistoryLocation", "where the history is: a setting"),
          Map.entry("history.HistoryPlace", "what a reader of the application's own returns"),
          Map.entry("history.HistoryReader", "an application may implement it"),
          Map.entry("history.HistoryResult", "what a reader of the application's own returns"),
          Map.entry("history.MigrationOwner", "who migrates the database: a setting"),
          Map.entry("history.ReadSession", "what a reader of the application's own reads through"),
          Map.entry("history.Tool", "which tool migrates the database: a setting"),
          Map.entry("matrix.AppVersion", "a version in a row, a marker or a client table"),
          Map.entry("matrix.ChangesetKey", "Revision.changeset"),
          Map.entry("matrix.ClientCompatibility", "the answer of SchemaGuard.clientCompatibility"),
          Map.entry("matrix.ClientTables", "CompatibilityMatrix.clients"),
          Map.entry("matrix.CompatibilityMatrix", "the matrix"),
          Map.entry("matrix.ConfigurationException", "thrown for every invalid setting and file"),
          Map.entry("matrix.MatrixRow", "a row of the matrix"),
          Map.entry("matrix.MigrationVersion", "a version that a migration is identified by"),
          Map.entry("matrix.RequiresAppMarker", "the marker in a migration's comment"),
          Map.entry("matrix.ResolvedRow", "a row with the revisions that it refers to"),
          Map.entry("matrix.Revision", "a line of the chain"),
          Map.entry("matrix.RevisionChain", "the chain"),
          Map.entry("matrix.UnknownAhead", "what the matrix says about unknown revisions"),
          Map.entry("matrix.VersionPattern", "the versions that a row covers"),
          Map.entry("policy.IncompatibleSchemaException", "a refused start"),
          Map.entry("policy.LogFormat", "a setting"),
          Map.entry("policy.Mode", "a setting"),
          Map.entry("policy.Readiness", "what a probe answers"),
          Map.entry("policy.StatusListener", "an application may implement it"),
          Map.entry("preflight.Preflight", "the answer of SchemaGuard.preflight"),
          Map.entry("preflight.Rollback", "a part of it"),
          Map.entry("preflight.RunningVersion", "a part of it"),
          Map.entry("preflight.UpgradeTolerance", "a part of it"),
          Map.entry("report.CompatibilityGrid", "a part of the page"),
          Map.entry("report.GridSymbol", "a part of the page"),
          Map.entry("report.StatusPage", "the page, for a web framework of the application's own"),
          Map.entry("report.UnavailablePage", "the page for visitors"),
          Map.entry(
              "status.JsonObject", "MigrationStatus.json, to which an application may add keys"),
          Map.entry("status.MigrationLock", "a part of the status"),
          Map.entry("status.MigrationStatus", "the status"),
          Map.entry("status.Problem", "a part of the status"),
          Map.entry("status.TenantStatus", "a part of the status"),
          Map.entry("status.TenantsStatus", "a part of the status"),
          Map.entry("status.Verdict", "a part of the status"),
          Map.entry("tenants.TenantProgress", "an application may implement it"),
          Map.entry("tenants.Tenants", "which tenants there are: a setting"));

  @Test
  void exactlyTheseTypesAreExported() {
    List<String> found =
        CLASSES.stream()
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(type -> type.getEnclosingClass().isEmpty())
            .filter(type -> !HIDDEN.contains(type.getPackageName()))
            .map(type -> type.getName().substring("dev.schemaguard.".length()))
            .toList();
    assertThat(new TreeSet<>(found)).isEqualTo(new TreeSet<>(EXPORTED_TYPES.keySet()));
    assertThat(found).hasSizeLessThanOrEqualTo(50);
  }

  /** The module exports them to no application. */
  private static final Set<String> HIDDEN =
      Set.of(
          "dev.schemaguard.assessment",
          "dev.schemaguard.assessment.problem",
          "dev.schemaguard.assessment.rollback",
          "dev.schemaguard.check",
          "dev.schemaguard.check.tenants",
          "dev.schemaguard.dialect",
          "dev.schemaguard.monitor",
          "dev.schemaguard.settings",
          "dev.schemaguard.structure",
          "dev.schemaguard.text",
          "dev.schemaguard.tool");

  /** From the bottom to the top: a package uses only those that stand before it. */
  private static final List<String> LAYERS =
      List.of(
          "dev.schemaguard.text",
          "dev.schemaguard.matrix",
          "dev.schemaguard.structure",
          "dev.schemaguard.status",
          "dev.schemaguard.preflight",
          "dev.schemaguard.connections",
          "dev.schemaguard.history",
          "dev.schemaguard.dialect",
          "dev.schemaguard.tool",
          "dev.schemaguard.tenants",
          "dev.schemaguard.assessment",
          "dev.schemaguard.assessment.rollback",
          "dev.schemaguard.assessment.problem",
          "dev.schemaguard.check",
          "dev.schemaguard.check.tenants",
          "dev.schemaguard.policy",
          "dev.schemaguard.settings",
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
