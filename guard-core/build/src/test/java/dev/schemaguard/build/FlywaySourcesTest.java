// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.FlywayRun;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.TestDatabase;
import dev.schemaguard.tool.FlywayTool;
import dev.schemaguard.tool.NumberedChain;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlywaySourcesTest {

  @TempDir private Path root;

  @Nested
  class Versions {

    @Test
    void areThoseThatFlywayFinds() throws IOException {
      scripts(
          "V1__create.sql",
          "V1.1__dots.sql",
          "V1_2__underscores.sql",
          "V0003__leading_zeros.sql",
          "V4__with blanks.sql",
          "V20260301101500__timestamp.sql",
          "V5.sql",
          "V6__.sql",
          "V7___three.sql",
          "V8__a__b.sql",
          "V9__upper.SQL",
          "V1_10__after_1_9.sql",
          "V1.9__x.sql",
          "V12.0.0__zeros_at_the_end.sql",
          "V13-x__no_number.sql",
          "V14.a__no_number.sql",
          "V15___.sql",
          "V16_description.sql",
          "V17.__dot.sql",
          "V.18__dot.sql",
          "V__none.sql",
          "Vendors.sql",
          "v19__lower.sql",
          "R__repeatable.sql",
          "U1__undo.sql",
          "afterMigrate.sql",
          "V20__other.txt",
          "sub/V21__in_a_folder.sql",
          ".hidden/V22__hidden.sql");

      assertThat(names(read())).containsExactlyElementsOf(flyway(Map.of()));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "V | __ | .sql | B",
          "M | __ | .sql | B",
          "V | -- | .sql | B",
          "V | _ | .sql | B",
          "V | __ | .sql,.ddl.sql,.pks | B",
          "V | __ | .ddl.sql,.sql | B",
          "V | __ | .sql | VB",
          "VB | __ | .sql | V",
          "Ver | __ | .sql | V"
        })
    void followTheNamingThatFlywayIsGiven(
        String prefix, String separator, String suffixes, String baseline) throws IOException {
      scripts(
          "V1__a.sql",
          "V1--a.sql",
          "M2__b.sql",
          "V3--c.sql",
          "V4_d.sql",
          "V5__e.ddl.sql",
          "V6.ddl.sql",
          "V7__f.PKS",
          "VB8__g.sql",
          "Ver9__h.sql",
          "B10__i.sql");

      FlywaySources sources =
          sources().naming(prefix, separator, suffixes.split(",")).baselinePrefix(baseline);

      assertThat(names(sources.read()))
          .containsExactlyElementsOf(
              flyway(
                  Map.of(
                      "flyway.sqlMigrationPrefix", prefix,
                      "flyway.sqlMigrationSeparator", separator,
                      "flyway.sqlMigrationSuffixes", suffixes,
                      "flyway.baselineMigrationPrefix", baseline)));
    }

    @Test
    void areThoseThatFlywayFindsWhateverTheNames() throws IOException {
      Random random = new Random(11);
      List<String> pieces = List.of("V", "1", "0", "2", "_", "__", ".", "-", "x", " ", "B", ".sql");
      for (int i = 0; i < 400; i++) {
        StringBuilder name = new StringBuilder("V" + i);
        for (int j = random.nextInt(6); j > 0; j--) {
          name.append(pieces.get(random.nextInt(pieces.size())));
        }
        // A folder each: equal versions in one would be an error.
        Path file = root.resolve("db/" + i + "/" + name + ".sql");
        Files.createDirectories(file.getParent());
        Files.createFile(file);
        FlywaySources one = FlywaySources.directories(List.of(root), "db/" + i);
        assertThat(names(one.read()))
            .as(name.toString())
            .containsExactlyElementsOf(flyway(file.getParent(), Map.of()));
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"V-1__x.sql", "V+1__x.sql", "Vlatest__x.sql", "V١__x.sql"})
    void thatFlywayAcceptsButNoChainCanHoldAreAnError(String name) throws IOException {
      scripts(name);

      assertThat(flyway(Map.of())).hasSize(1);
      assertThatThrownBy(FlywaySourcesTest.this::read)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("is not of plain numbers");
    }

    @ParameterizedTest
    @CsvSource({"V1__a.sql, V001__b.sql", "V1_0__a.sql, V1__b.sql", "B2__a.sql, B2.0__b.sql"})
    void thatAreEqualAreAnErrorThatNamesBothFiles(String one, String other) throws IOException {
      scripts(one, other);

      assertThatThrownBy(() -> flyway(Map.of())).hasMessageContaining("Found more than one");
      assertThatThrownBy(FlywaySourcesTest.this::read)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining(one)
          .hasMessageContaining(other);
    }
  }

  @Nested
  class Programs {

    @Test
    void areThoseThatFlywayFinds() throws IOException {
      scripts(
          "V1__a.sql",
          "V2__a.sh",
          "V3__a.cmd",
          "V4__a.bat",
          "V5__a.ps1",
          "V6__a.py",
          "V7__a.bash",
          "V8__a.SH",
          "V9__a.exe",
          "V10__a.rb",
          "V11__a.sh.bak",
          "R__a.sh",
          "U2__a.sh",
          "B0__a.sh",
          "deploy.sh");

      assertThat(names(read())).containsExactlyElementsOf(flyway(Map.of())).contains("2", "7");
    }

    @Test
    void haveThePrefixAndSeparatorOfScriptsAndNoSuffixOfSql() throws IOException {
      scripts("M1--a.ddl", "M2--b.sh", "V3__c.sh", "M4--d.sql");
      Map<String, String> settings =
          Map.of(
              "flyway.sqlMigrationPrefix", "M",
              "flyway.sqlMigrationSeparator", "--",
              "flyway.sqlMigrationSuffixes", ".ddl");

      assertThat(names(sources().naming("M", "--", ".ddl").read()))
          .containsExactlyElementsOf(flyway(settings))
          .containsExactly("1", "2");
    }

    @Test
    void ofTheVersionOfASqlScriptAreAnError() throws IOException {
      scripts("V1__a.sql", "V1__b.sh");

      assertThatThrownBy(() -> flyway(Map.of())).hasMessageContaining("Found more than one");
      assertThatThrownBy(FlywaySourcesTest.this::read)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("V1__a.sql")
          .hasMessageContaining("V1__b.sh");
    }

    @Test
    void areFoundOnTheClassPath() throws Exception {
      scripts("V1__a.sql", "V2__a.sh");
      try (URLClassLoader loader = new URLClassLoader(new URL[] {root.toUri().toURL()}, null)) {
        assertThat(names(FlywaySources.classPath(loader, "db").read()))
            .containsExactlyElementsOf(flyway(loader))
            .containsExactly("1", "2");
      }
    }

    @Test
    void areUnclearToOlderVersions() throws IOException {
      scripts("V2__load.sh");

      assertThat(sources().impacts().get(0).consequences().toString()).contains("V2__load.sh");
    }
  }

  /** What compiled classes say: FlywayClassesTest. */
  @Nested
  class JavaMigrations {

    @Test
    void haveTheVersionOfTheirClassAndNoOtherNaming() throws IOException {
      source("V2__Add_it.java", "public class V2__Add_it extends BaseJavaMigration {}");
      source("Other.kt", "class V3_1__Add : BaseJavaMigration() {}");
      source("R__Refresh.java", "public class R__Refresh extends BaseJavaMigration {}");
      source("Vehicle.java", "public class Vehicle {}");
      scripts("V1__a.sql", "M7__b.sql");

      assertThat(lines(sources().naming("M", "--", ".sql").read()))
          .containsExactly("2\talias=2_Add_it", "3.1\talias=3.1_Add");
    }

    @Test
    void areNotLookedForOnDisk() throws IOException {
      source("V2__Add.java", "public class V2__Add extends BaseJavaMigration {}");
      scripts("V1__a.sql");

      FlywaySources disk = FlywaySources.directories(List.of(), "filesystem:" + root.resolve("db"));
      assertThat(names(disk.read())).containsExactly("1");
    }

    private void source(String name, String text) throws IOException {
      Path file = Files.createDirectories(root.resolve("db")).resolve(name);
      Files.writeString(
          file, "package db;\nimport org.flywaydb.core.api.migration.BaseJavaMigration;\n" + text);
    }
  }

  @Nested
  class Baselines {

    @ParameterizedTest
    @CsvSource({
      "V1 V2 V3 B3, 1 2 3",
      "V1 V2 B3, 1 2 3?",
      "V1 B2 V3, 1 2? 3",
      "B3 V4, 3 4",
      "B3, 3",
      "B3 V4 V5 B6 V7, 3 4 5 6? 7",
      "B3 B6 V7, 3 6 7"
    })
    void areRequiredWhereTheyAreWhatIsLeftOfOlderOnes(String files, String expected)
        throws IOException {
      scripts(Arrays.stream(files.split(" ")).map(f -> f + "__x.sql").toArray(String[]::new));

      assertThat(
              read().stream()
                  .map(source -> source.name() + (source.revision().optional() ? "?" : ""))
                  .toList())
          .containsExactly(expected.split(" "));
    }
  }

  @Nested
  class Chain {

    @ParameterizedTest
    @CsvSource({
      "V1__a V2__b, V1__a V2__b B3__all V4__c",
      "'', V1__a V2__b B3__all V4__c",
      "V1__a V2__b V3__c, B3__all V4__d",
      "'', B3__all V4__d",
      "'', B3__all"
    })
    void isWholeOnEveryDatabaseThatFlywayHasMigrated(String before, String now) throws IOException {
      TestDatabase database = H2.database();
      if (!before.isEmpty()) {
        FlywayRun.of(database.dataSource(), before.split(" ")).migrate();
        scripts(named(before));
      }
      String chain = before.isEmpty() ? null : chain(null).text();
      delete();
      FlywayRun.of(database.dataSource(), now.split(" ")).ignoreMissing().migrate();
      scripts(named(now));
      boolean squashed = chain != null && !now.contains("V1");
      ChainUpdate update =
          chain(squashed ? chain.replaceAll("(?m)^([12]\t.*)", "$1\treplaced-by=3") : chain);
      update.requireNothingVanished();

      SchemaGuard guard =
          SchemaGuard.builder(database.dataSource())
              .matrix(CompatibilityMatrix.ofChain(update.chain()))
              .build();
      assertThat(guard.check().verdict()).isEqualTo(Verdict.UP_TO_DATE);
    }

    private static String[] named(String scripts) {
      return Arrays.stream(scripts.split(" ")).map(name -> name + ".sql").toArray(String[]::new);
    }

    @ParameterizedTest
    @CsvSource({
      "12, 0012",
      "0012, 0012",
      "0012_add_health_cache, 0012",
      "0012_add, 0012",
      "1.2, 1.2",
      "1_2, 1.2",
      "1.2_add_x, 1.2",
      "3, 3"
    })
    void isFoundByVersionAndByName(String reference, String name) throws IOException {
      scripts("V0012__add_health_cache.sql", "V1_2__add_x.sql", "V3.sql");

      RevisionChain chain = chain(null).chain();
      new NumberedChain(chain, FlywayTool.NUMBERING, "postgresql");

      assertThat(chain.resolve(reference, "here").name()).isEqualTo(name);
    }

    @Test
    void keepsItsOrderAndAppendsWhatIsNew() throws IOException {
      scripts("V1__a.sql", "V1_5__hotfix.sql", "V2__b.sql", "V10__c.sql");

      assertThat(chain("1\n2\talias=mine\n").text())
          .isEqualTo(
              """
              1\talias=1_a
              2\talias=mine,2_b
              1.5\talias=1.5_hotfix
              10\talias=10_c
              """);
    }

    @Test
    void leavesOutAnAliasThatNoListHolds() throws IOException {
      scripts("V1__a, b.sql");

      assertThat(chain(null).notes())
          .containsExactly("the alias '1_a, b' of 1 is left out: no list can hold it");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "V1__requires-app_0.6.0_drop_x.sql, requires-app 0.6.0 drop x",
    "V1__requires-app_0_6_0.sql, requires-app 0_6 0",
    "V1__drop_x.sql, drop x"
  })
  void aCommentIsTheDescriptionAsTheHistoryIsRead(String file, String comment) throws IOException {
    scripts(file);

    assertThat(read().get(0).comment()).isEqualTo(comment);
  }

  @Nested
  class Locations {

    @Test
    void onTheClassPathAreFoundInDirectoriesAndJars() throws IOException {
      scripts("V1__a.sql", "sub/V2__b.sql");
      Path jar = root.resolve("more.jar");
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
        for (String entry :
            List.of("db/", "db/V3__c.sql", "db/V1__a.sql", "db/x/V4__d.sql", "dbx/V5__e.sql")) {
          out.putNextEntry(new ZipEntry(entry));
          out.closeEntry();
        }
      }
      try (URLClassLoader loader =
          new URLClassLoader(new URL[] {root.toUri().toURL(), jar.toUri().toURL()}, null)) {
        assertThat(names(FlywaySources.classPath(loader, "classpath:/db/").read()))
            .containsExactly("1", "2", "3", "4");
        assertThatThrownBy(() -> FlywaySources.classPath(loader, "db/nowhere").read())
            .isInstanceOf(ConfigurationException.class)
            .hasMessageContaining("'db/nowhere'")
            .hasMessageContaining("on the class path");
      }
    }

    @Test
    void ofTheProjectHideThoseOfTheClassPath() throws IOException {
      scripts("V1__a.sql", "other/V2__of_a_jar.sql");
      Path tests = root.resolve("tests");
      Files.createDirectories(tests.resolve("db"));
      Files.createFile(tests.resolve("db/V99__for_tests.sql"));
      try (URLClassLoader loader = new URLClassLoader(new URL[] {tests.toUri().toURL()}, null)) {
        assertThat(names(FlywaySources.of(List.of(root), loader, "db").read()))
            .containsExactly("1", "2");
        assertThat(names(FlywaySources.of(List.of(), loader, "db").read())).containsExactly("99");
      }
    }

    @Test
    void thatOverlapHoldEachMigrationOnce() throws IOException {
      scripts("V1__a.sql", "sub/V2__b.sql");

      FlywaySources sources =
          FlywaySources.directories(List.of(root), "db", "classpath:db/sub", "db");
      assertThat(names(sources.read())).containsExactly("1", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"db/*/x", "db/**", "s3:bucket/x", "gcs:bucket", "", "filesystem:"})
    void thatAreNoDirectoryAreRefused(String location) {
      assertThatThrownBy(() -> FlywaySources.directories(List.of(root), location))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("'" + location + "'");
    }

    @Test
    void areNamedAtLeastOnce() {
      assertThatThrownBy(() -> FlywaySources.directories(List.of(root)))
          .isInstanceOf(ConfigurationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere", "filesystem:nowhere", "filesystem:\0"})
    void thatAreNotThereAreAnError(String location) {
      assertThatThrownBy(() -> FlywaySources.directories(List.of(root), location).read())
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("Flyway location '");
    }
  }

  private void scripts(String... names) throws IOException {
    for (String name : names) {
      Path file = root.resolve("db").resolve(name);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    }
  }

  private void delete() throws IOException {
    try (Stream<Path> files = Files.list(Files.createDirectories(root.resolve("db")))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  private FlywaySources sources() {
    return FlywaySources.directories(List.of(root), "db");
  }

  private List<SourceRevision> read() {
    return sources().read();
  }

  private ChainUpdate chain(String before) {
    return ChainFile.of(before, "revisions.txt").update(read());
  }

  private static List<String> names(List<SourceRevision> sources) {
    return sources.stream().map(SourceRevision::name).toList();
  }

  private static List<String> lines(List<SourceRevision> sources) {
    return sources.stream().map(source -> ChainLine.of(source.revision()).text()).toList();
  }

  /** The versions that real Flyway finds. */
  private List<String> flyway(Map<String, String> settings) {
    return flyway(root.resolve("db"), settings);
  }

  private static List<String> flyway(Path directory, Map<String, String> settings) {
    FlywayRun.quiet();
    return Arrays.stream(
            Flyway.configure()
                .dataSource(H2.database().dataSource())
                .locations("filesystem:" + directory)
                .configuration(settings)
                .load()
                .info()
                .all())
        .filter(MigrationInfo::isVersioned)
        .map(info -> info.getVersion().toString())
        .toList();
  }

  /** The versions that real Flyway finds in {@code classpath:db}. */
  private static List<String> flyway(ClassLoader loader) {
    FlywayRun.quiet();
    return Arrays.stream(
            Flyway.configure(loader)
                .dataSource(H2.database().dataSource())
                .locations("classpath:db")
                .load()
                .info()
                .all())
        .filter(MigrationInfo::isVersioned)
        .map(info -> info.getVersion().toString())
        .toList();
  }
}
