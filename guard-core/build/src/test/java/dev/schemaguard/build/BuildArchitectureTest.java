// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.schemaguard.testing.StaticState;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The shape of this artifact, as CONTRIBUTING.md describes it. */
class BuildArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.schemaguard.build");

  /** An addition here is a decision: what is public stays. */
  private static final List<String> PUBLIC_TYPES =
      List.of(
          "dev.schemaguard.build.AlembicSources",
          "dev.schemaguard.build.ChainChange",
          "dev.schemaguard.build.ChainFile",
          "dev.schemaguard.build.ChainUpdate",
          "dev.schemaguard.build.ChangelogVerification",
          "dev.schemaguard.build.ChecksumFile",
          "dev.schemaguard.build.ChecksumUpdate",
          "dev.schemaguard.build.FileUpdate",
          "dev.schemaguard.build.FlywaySources",
          "dev.schemaguard.build.GolangMigrateSources",
          "dev.schemaguard.build.LiquibaseSources",
          "dev.schemaguard.build.MatrixProposal",
          "dev.schemaguard.build.MatrixVerification",
          "dev.schemaguard.build.MigratedDatabase",
          "dev.schemaguard.build.MigrationSources",
          "dev.schemaguard.build.RequiredMarkers",
          "dev.schemaguard.build.SchemaFileName",
          "dev.schemaguard.build.SchemaFileUpdate",
          "dev.schemaguard.build.SchemaFileVerification",
          "dev.schemaguard.build.SchemaFiles",
          "dev.schemaguard.build.SourceRevision",
          "dev.schemaguard.build.TextFile",
          "dev.schemaguard.build.impact.ChangeKind",
          "dev.schemaguard.build.impact.Consequence",
          "dev.schemaguard.build.impact.DataLoss",
          "dev.schemaguard.build.impact.Impact",
          "dev.schemaguard.build.impact.LiquibaseChanges",
          "dev.schemaguard.build.impact.RevisionImpact",
          "dev.schemaguard.build.impact.RevisionUndo",
          "dev.schemaguard.build.impact.SchemaChange",
          "dev.schemaguard.build.impact.SqlScript",
          "dev.schemaguard.build.rolling.RevisionEvidence",
          "dev.schemaguard.build.rolling.RollingUpgrade",
          "dev.schemaguard.build.rolling.UpgradePlan",
          "dev.schemaguard.build.rolling.UpgradeSide",
          "dev.schemaguard.build.rolling.UpgradeStep",
          "dev.schemaguard.build.structure.LeftOut",
          "dev.schemaguard.build.structure.MigratedTables",
          "dev.schemaguard.build.structure.SchemaFileComparison",
          "dev.schemaguard.build.structure.SchemaFileMerge");

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

  /** Only the schema file is made from a database; all else, from files. */
  @Test
  void onlyWhatWritesTheSchemaFileAsksADatabase() {
    noClasses()
        .that(
            not(
                resideInAnyPackage(
                    "dev.schemaguard.build.structure..", "dev.schemaguard.build.rolling..")))
        .and(
            not(
                belongToAnyOf(
                    SchemaFiles.class,
                    FilesVerification.class,
                    SchemaFilesRefresh.class,
                    SchemaFileGenerator.class,
                    MigratedDatabase.class,
                    MigratedState.class)))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.sql..", "javax.sql..", "dev.schemaguard.history.."))
        .check(CLASSES);
  }

  /** The rolling decision is made from histories that others read. */
  @Test
  void theRollingDecisionAsksNoDatabase() {
    noClasses()
        .that(resideInAPackage("dev.schemaguard.build.rolling.."))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.sql..", "javax.sql..", "dev.schemaguard.check.."))
        .check(CLASSES);
  }

  /** The impact of a change follows from the change alone. */
  @Test
  void impactKnowsNoMatrixAndNoChain() {
    noClasses()
        .that(resideInAPackage("dev.schemaguard.build.impact.."))
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.schemaguard..")
                .and(not(resideInAPackage("dev.schemaguard.build.impact.."))))
        .check(CLASSES);
  }

  @Test
  void onlyTheReadingOfStatementsKnowsTheParserOfSql() {
    noClasses()
        .that(not(resideInAPackage("dev.schemaguard.build.impact..")))
        .should()
        .dependOnClassesThat(resideInAPackage("net.sf.jsqlparser.."))
        .check(CLASSES);
  }

  @Test
  void buildsShareNoStateThatCanChange() {
    assertThat(StaticState.changeable(CLASSES)).isEmpty();
  }
}
