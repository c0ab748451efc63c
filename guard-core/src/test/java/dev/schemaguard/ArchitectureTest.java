// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
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
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

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
          "dev.schemaguard.change.ChangeKind",
          "dev.schemaguard.change.Consequence",
          "dev.schemaguard.change.DataLoss",
          "dev.schemaguard.change.Effect",
          "dev.schemaguard.change.LiquibaseChanges",
          "dev.schemaguard.change.RevisionEffect",
          "dev.schemaguard.change.RevisionUndo",
          "dev.schemaguard.change.SchemaChange",
          "dev.schemaguard.change.SqlScript",
          "dev.schemaguard.files.AlembicSources",
          "dev.schemaguard.files.ChainChange",
          "dev.schemaguard.files.ChainFile",
          "dev.schemaguard.files.ChainUpdate",
          "dev.schemaguard.files.ChangelogVerification",
          "dev.schemaguard.files.ChecksumFile",
          "dev.schemaguard.files.ChecksumUpdate",
          "dev.schemaguard.files.FileUpdate",
          "dev.schemaguard.files.FlywaySources",
          "dev.schemaguard.files.GolangMigrateSources",
          "dev.schemaguard.files.LiquibaseSources",
          "dev.schemaguard.files.MatrixProposal",
          "dev.schemaguard.files.MatrixVerification",
          "dev.schemaguard.files.MigrationSources",
          "dev.schemaguard.files.SchemaFiles",
          "dev.schemaguard.files.SourceRevision",
          "dev.schemaguard.files.TextFile",
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
            .filter(type -> !type.getPackageName().equals("dev.schemaguard.cli"))
            .filter(type -> type.getEnclosingClass().isEmpty())
            .map(JavaClass::getName)
            .toList();
    assertThat(new TreeSet<>(found)).containsExactlyElementsOf(PUBLIC_TYPES);
  }

  @Test
  void packagesUseOnlyThoseThatStandBelowThem() {
    LayeredArchitecture layers =
        Architectures.layeredArchitecture().consideringOnlyDependenciesInLayers();
    for (String name :
        List.of(
            "matrix",
            "status",
            "history",
            "assessment",
            "fleet",
            "report",
            "change",
            "files",
            "cli")) {
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
        .whereLayer("change")
        .mayNotAccessAnyLayer()
        .whereLayer("files")
        .mayOnlyAccessLayers("matrix", "assessment", "change")
        .whereLayer("front")
        .mayOnlyAccessLayers("matrix", "history", "assessment", "fleet", "status")
        .check(CLASSES);
  }

  @Test
  void theLibraryNeedsTheJdkAndSlf4jAlone() {
    noClasses()
        .that(
            resideInAPackage("dev.schemaguard..")
                .and(not(resideInAPackage("dev.schemaguard.cli.."))))
        .and(not(resideInAnyPackage("dev.schemaguard.files..", "dev.schemaguard.change..")))
        .should()
        .dependOnClassesThat(
            not(
                resideInAnyPackage(
                    "dev.schemaguard..", "java..", "javax.sql..", "org.slf4j..", "org.jspecify..")))
        .check(CLASSES);
  }

  @Test
  void onlyWhatReadsMigrationsKnowsLiquibase() {
    noClasses()
        .that(
            not(
                resideInAnyPackage(
                    "dev.schemaguard.files..",
                    "dev.schemaguard.change..",
                    "dev.schemaguard.cli..")))
        .should()
        .dependOnClassesThat(resideInAPackage("liquibase.."))
        .check(CLASSES);
  }

  @Test
  void onlyTheReadingOfStatementsKnowsTheParserOfSql() {
    noClasses()
        .that(not(resideInAPackage("dev.schemaguard.change..")))
        .should()
        .dependOnClassesThat(resideInAPackage("net.sf.jsqlparser.."))
        .check(CLASSES);
  }

  @Test
  void noCheckOfADatabaseJudgesMigrations() {
    noClasses()
        .that(
            not(
                resideInAnyPackage(
                    "dev.schemaguard.files..",
                    "dev.schemaguard.change..",
                    "dev.schemaguard.cli..")))
        .should()
        .dependOnClassesThat(resideInAPackage("dev.schemaguard.change.."))
        .check(CLASSES);
  }

  @Test
  void nothingStaticIsSharedBetweenGuardsButWhatNobodyCanChange() {
    List<String> changeable =
        CLASSES.stream()
            .filter(type -> !type.getPackageName().equals("dev.schemaguard.cli"))
            .flatMap(type -> Arrays.stream(type.reflect().getDeclaredFields()))
            .filter(field -> Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())
            .filter(
                field -> !Modifier.isFinal(field.getModifiers()) || !isFixed(valueIn(null, field)))
            .map(field -> field.getDeclaringClass().getName() + "." + field.getName())
            .toList();
    assertThat(changeable).isEmpty();
  }

  /** Whether a value can never change, nor anything that it holds. */
  private static boolean isFixed(Object value) {
    if (value == null || VALUES.contains(value.getClass())) {
      return true;
    }
    if (value instanceof Enum || value instanceof Logger || isLambda(value)) {
      return true;
    }
    if (value instanceof Collection<?> elements) {
      return isOf(value) && elements.stream().allMatch(ArchitectureTest::isFixed);
    }
    if (value instanceof Map<?, ?> map) {
      return isOf(value)
          && isFixed(List.copyOf(map.keySet()))
          && isFixed(List.copyOf(map.values()));
    }
    return value.getClass().getName().startsWith("dev.schemaguard.")
        && Arrays.stream(value.getClass().getDeclaredFields())
            .filter(field -> !Modifier.isStatic(field.getModifiers()))
            .allMatch(
                field -> Modifier.isFinal(field.getModifiers()) && isFixed(valueIn(value, field)));
  }

  private static final Set<Class<?>> VALUES =
      Set.of(
          Boolean.class,
          Character.class,
          Integer.class,
          Long.class,
          String.class,
          Pattern.class,
          Duration.class);

  /** A function, such as a Comparator; all that are shared are made of immutable ones. */
  private static boolean isLambda(Object value) {
    return value instanceof Comparator && value.getClass().isSynthetic();
  }

  private static boolean isOf(Object collection) {
    return collection.getClass().getName().startsWith("java.util.ImmutableCollections$");
  }

  private static Object valueIn(Object owner, Field field) {
    try {
      field.setAccessible(true);
      return field.get(owner);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
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
