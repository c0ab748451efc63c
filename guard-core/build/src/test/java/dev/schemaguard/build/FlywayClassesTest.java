// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.testing.FlywayRun;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.JvmCompilers;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Migrations of Flyway that are really compiled classes, compared with Flyway's own info(). */
class FlywayClassesTest {

  private static final String KOTLIN =
      """
      @file:Suppress("unused")
      package com.acme.db

      import org.flywaydb.core.api.MigrationVersion
      import org.flywaydb.core.api.migration.BaseJavaMigration
      import org.flywaydb.core.api.migration.BaseJavaMigration as Parent
      import org.flywaydb.core.api.migration.Context

      // class V90__comment : BaseJavaMigration()
      class V3__many : BaseJavaMigration() { override fun migrate(context: Context) { val s = "class V91__text : BaseJavaMigration() {" } }
      class V4__many : Parent() { override fun migrate(context: Context) {} }
      abstract class Skeleton : BaseJavaMigration() { override fun migrate(context: Context) = Unit }
      class V5__by_skeleton : Skeleton()
      class V5_1__defaults(val size: Int = 3) : Skeleton()
      class V92__dependency(val repository: Any) : Skeleton()
      abstract class V93__abstract : Skeleton()
      object V94__object : Skeleton()
      private class V95__private : Skeleton()
      class V96__helper(val x: Int) : Comparable<V96__helper> { override fun compareTo(other: V96__helper) = 0 }
      internal class V6__internal : Skeleton()
      class V97__renumbered : Skeleton() {
        override fun getVersion(): MigrationVersion = MigrationVersion.fromVersion("6.5")
        override fun getDescription() = "by its method"
      }
      class Holder { class V7__nested : Skeleton() inner class V98__inner : Skeleton() }
      class R__again : Skeleton()
      class Vendors : Skeleton()
      """;

  private static final String GROOVY =
      """
      package com.acme.db

      import org.flywaydb.core.api.MigrationVersion
      import org.flywaydb.core.api.migration.BaseJavaMigration
      import org.flywaydb.core.api.migration.Context

      class V8__x extends BaseJavaMigration { void migrate(Context context) { [1].each { println 'class V89__t extends BaseJavaMigration {' } } }
      class V9__property extends BaseJavaMigration {
        MigrationVersion version = MigrationVersion.fromVersion('9.3')
        void migrate(Context context) {}
      }
      class V88__plain { }
      trait V87__trait { }
      """;

  private static final String JAVA =
      """
      package com.acme.db.more;

      import org.flywaydb.core.api.MigrationVersion;
      import org.flywaydb.core.api.migration.*;

      public class V10__java extends BaseJavaMigration {
        public void migrate(Context context) {}
        public static class V11__nested extends V10__java {}
        public class V79__inner extends V10__java {}
      }
      class V80__hidden extends V10__java {}
      """;

  private static final String DIRECT =
      """
      package com.acme.db;

      import org.flywaydb.core.api.MigrationVersion;
      import org.flywaydb.core.api.migration.Context;
      import org.flywaydb.core.api.migration.JavaMigration;

      public class Direct implements JavaMigration {
        @Override public MigrationVersion getVersion() { return MigrationVersion.fromVersion("12_1"); }
        @Override public String getDescription() { return "no name of Flyway's"; }
        @Override public Integer getChecksum() { return null; }
        @Override public boolean canExecuteInTransaction() { return true; }
        @Override public void migrate(Context context) {}
      }
      """;

  @TempDir private static Path project;
  private static URLClassLoader loader;

  @BeforeAll
  static void compile() throws Exception {
    write("resources/com/acme/db/V1__a.sql", "");
    write("resources/com/acme/db/V2__load.sh", "");
    // Kotlin leaves the common root of its packages out of the folders.
    write("kotlin/db/Migrations.kt", KOTLIN);
    write("groovy/com/acme/db/V8__x.groovy", GROOVY);
    write("java/com/acme/db/more/V10__java.java", JAVA);
    write("java/com/acme/db/Direct.java", DIRECT);
    write("java/com/acme/db/V81__base.java", "package com.acme.db; abstract class V81__base {}");
    write("java/com/acme/db/V82__helper.java", "package com.acme.db; public class V82__helper {}");
    Path classes = project.resolve("target/classes");
    JvmCompilers.java(project.resolve("src/main/java"), classes);
    JvmCompilers.kotlin(project.resolve("src/main/kotlin"), classes);
    JvmCompilers.groovy(project.resolve("src/main/groovy"), classes);
    Path tests = project.resolve("target/test-classes/com/acme/db");
    Files.createDirectories(tests);
    Files.writeString(tests.resolve("V99__for_tests.sql"), "");
    loader =
        new URLClassLoader(
            new URL[] {
              project.resolve("target/test-classes").toUri().toURL(),
              classes.toUri().toURL(),
              project.resolve("src/main/resources").toUri().toURL()
            },
            JvmCompilers.libraries());
  }

  @AfterAll
  static void close() throws IOException {
    if (loader != null) {
      loader.close();
    }
  }

  @Test
  void ofTheClassPathAreThoseThatFlywayFinds() {
    FlywaySources sources = FlywaySources.of(roots(), loader, "com/acme/db");

    assertThat(names(sources)).containsExactlyElementsOf(flyway()).contains("3", "9.3", "12.1");
    assertThat(sources.warnings())
        .anyMatch(warning -> warning.contains("V92__dependency"))
        .anyMatch(warning -> warning.contains("V80__hidden"))
        .noneMatch(warning -> warning.contains("V82__helper"));
  }

  @Test
  void ofTheSourcesAreThoseThatFlywayFinds() {
    FlywaySources sources = FlywaySources.directories(roots(), "com/acme/db");

    assertThat(names(sources)).containsExactlyElementsOf(flyway());
    assertThat(sources.warnings())
        .anyMatch(warning -> warning.contains("V92__dependency"))
        .anyMatch(warning -> warning.contains("V80__hidden"));
  }

  @Test
  void ofThePackageOfASubFolderAreThoseThatFlywayFinds() {
    FlywaySources bySource = FlywaySources.directories(roots(), "com/acme/db/more");

    assertThat(names(bySource)).containsExactly("10", "11");
    assertThat(names(bySource.classes(loader))).containsExactly("10", "11");
  }

  @Test
  void thatTheApplicationHandsToFlywayCountWhereverTheyAre() {
    FlywaySources sources = FlywaySources.of(roots(), loader, "com/acme/db/more");

    List<Object> beans = List.of(new V20__Bean("a service"), V21__Renumbered.class);
    assertThat(names(sources.javaMigrations(beans))).containsExactly("10", "11", "20", "21.5");
    assertThat(names(sources.javaMigrations(List.of(V20__Bean.class)))).contains("20");
    assertThatThrownBy(() -> sources.javaMigrations(List.of(String.class)).read())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("java.lang.String is not a concrete JavaMigration");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "class V3__x extends com.other.Base { }",
        "import com.other.*; public class V3__x extends Base { }",
        "import org.flywaydb.core.api.migration.*; public class V3__x extends BaseJavaMigration { public MigrationVersion getVersion() { return Versions.next(); } }",
        "import org.flywaydb.core.api.migration.*; public class V3__x extends BaseJavaMigration { protected void init() { } }",
        "import org.flywaydb.core.api.migration.*; public class X extends Base { } abstract class Base implements JavaMigration { }",
      })
  void thatSourcesDoNotTellAreAnError(String text, @TempDir Path root) throws IOException {
    Path file = Files.createDirectories(root.resolve("db")).resolve("V3__x.java");
    Files.writeString(file, "package db; " + text);

    assertThatThrownBy(() -> FlywaySources.directories(List.of(root), "db").read())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("V3__x.java")
        .hasMessageContaining("--classpath");
  }

  @Test
  void thatAreBeansCountThoughFlywayCouldNotMakeThem(@TempDir Path root) throws IOException {
    Path file = Files.createDirectories(root.resolve("db")).resolve("Migrations.kt");
    Files.writeString(
        file,
        """
        package x
        import org.flywaydb.core.api.migration.BaseJavaMigration
        @Component
        class V3__bean(private val service: Service) : BaseJavaMigration() { }
        """);

    assertThat(names(FlywaySources.directories(List.of(root), "x"))).containsExactly("3");
  }

  @Test
  void needFlywayOnTheClassPathThatDecides() throws IOException {
    try (URLClassLoader without =
        new URLClassLoader(
            new URL[] {project.resolve("target/classes").toUri().toURL()},
            ClassLoader.getPlatformClassLoader())) {
      FlywaySources sources = FlywaySources.directories(roots(), "com/acme/db");
      assertThatThrownBy(() -> sources.classes(without))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("flyway-core");
      assertThatThrownBy(() -> FlywaySources.classPath(without, "com/acme/db").read())
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("is not known");
    }
  }

  /** A bean that needs another one, so that Flyway could not make it. */
  static final class V20__Bean extends BaseJavaMigration {
    V20__Bean(String service) {
      assertThat(service).isNotNull();
    }

    @Override
    public void migrate(Context context) {}
  }

  /** A migration whose version is not that of its name. */
  public static final class V21__Renumbered extends BaseJavaMigration implements JavaMigration {
    @Override
    public org.flywaydb.core.api.MigrationVersion getVersion() {
      return org.flywaydb.core.api.MigrationVersion.fromVersion("21.5");
    }

    @Override
    public void migrate(Context context) {}
  }

  private static List<Path> roots() {
    return ProjectMigrations.roots(project.resolve("src/main/resources"));
  }

  private static void write(String name, String text) throws IOException {
    Path file = project.resolve("src/main").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static List<String> names(FlywaySources sources) {
    return sources.read().stream().map(SourceRevision::name).toList();
  }

  /** The versions that real Flyway finds, except those of the tests. */
  private static List<String> flyway() {
    FlywayRun.quiet();
    return Arrays.stream(
            Flyway.configure(loader)
                .dataSource(H2.database().dataSource())
                .locations("classpath:com/acme/db")
                .load()
                .info()
                .all())
        .filter(MigrationInfo::isVersioned)
        .map(info -> info.getVersion().toString())
        .filter(version -> !Stream.of("99").toList().contains(version))
        .toList();
  }
}
