// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.matrix.CompatibilityMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code init} calls an application, by the files of its project. */
class ApplicationNameTest {

  private static final String POM =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <parent>
          <groupId>org.springframework.boot</groupId>
          <artifactId>spring-boot-starter-parent</artifactId>
          <version>3.5.0</version>
        </parent>
        <!-- <artifactId>former-name</artifactId> -->
        <build><plugins><plugin><artifactId>some-plugin</artifactId></plugin></plugins></build>
        <dependencies><dependency><artifactId>some-library</artifactId></dependency></dependencies>
        <artifactId>%s</artifactId>
      </project>
      """;

  @TempDir private Path parent;

  private Path project;

  @BeforeEach
  void nameTheFolder() throws IOException {
    project = Files.createDirectory(parent.resolve("checkout-42"));
  }

  @Nested
  class WithMaven {

    @Test
    void isTheArtifactAndNotItsParentOrADependency() throws IOException {
      write("pom.xml", POM.formatted("orders-service"));

      assertNamed("orders-service");
    }

    @Test
    void isTheArtifactOfTheModuleThatHasTheMigrations() throws IOException {
      write("pom.xml", POM.formatted("orders-parent"));
      write("web/pom.xml", POM.formatted("orders-web"));
      write("store/pom.xml", POM.formatted("orders-store"));
      write("store/src/main/resources/db/migration/V1__a.sql", "");

      assertThat(init()).isZero();

      assertThat(application("store/")).contains("orders-store");
    }

    @ParameterizedTest
    @CsvSource({"orders-${edition}", "''"})
    void isTheFolderIfTheArtifactIsNotSpeltPlainly(String artifact) throws IOException {
      write("pom.xml", POM.formatted(artifact));

      assertNamed("checkout-42");
    }

    @Test
    void isTheFolderIfThePomCannotBeRead() throws IOException {
      write("pom.xml", "<!DOCTYPE project SYSTEM 'file:/etc/hosts'><project><artifactId>x");

      assertNamed("checkout-42");
    }
  }

  @Nested
  class WithGradle {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "settings.gradle | rootProject.name = 'orders' | orders",
          "settings.gradle | plugins { id 'x' }%n  rootProject.name='größe' // ours | größe",
          "settings.gradle.kts | rootProject.name = \"orders-api\" | orders-api",
          "settings.gradle.kts | // rootProject.name = \"former\" | checkout-42",
          "settings.gradle.kts | rootProject.name = \"${edition}\" | checkout-42",
          "settings.gradle.kts | rootProject.name = providers.gradleProperty(\"n\").get() | checkout-42",
        })
    void isTheNameOfTheRootProject(String file, String text, String name) throws IOException {
      write(file, text.replace("%n", "\n"));
      write("build.gradle", "");

      assertNamed(name);
    }

    @Test
    void isThatOfTheRootProjectIfItIncludesOneProjectOnly() throws IOException {
      write("settings.gradle.kts", "rootProject.name = \"orders\"\ninclude(\"app\")\n");
      write("app/build.gradle.kts", "");
      write("app/src/main/resources/db/migration/V1__a.sql", "");

      assertThat(init()).isZero();

      assertThat(application("app/")).contains("orders");
    }

    @Test
    void isTheFolderOfOneOfSeveralProjects() throws IOException {
      write("settings.gradle", "rootProject.name = 'shop'\ninclude 'orders',\n  'stock'\n");
      write("orders/build.gradle", "");
      write("orders/src/main/resources/db/migration/V1__a.sql", "");

      assertThat(init()).isZero();

      assertThat(application("orders/")).contains("orders");
    }
  }

  @Nested
  class WithSpringBoot {

    @BeforeEach
    void buildWithMaven() throws IOException {
      write("pom.xml", POM.formatted("orders-service"));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "application.properties | spring.application.name=shop | shop",
          "application.yml | spring:%n  application:%n    name: shop # for the registry | shop",
          "application.yaml | spring.application.name: \"größe-1\" # quoted | größe-1",
          "application.properties | spring.application.name=@project.artifactId@ | orders-service",
          "application.properties | spring.application.name= | orders-service",
        })
    void isItsSettingWhateverTheBuildFileSays(String file, String text, String name)
        throws IOException {
      write("src/main/resources/" + file, text.replace("%n", "\n"));

      assertNamed(name);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "application.properties | spring.application.name=${APP_NAME:shop}",
          "application.yml | spring.application.name: '@project.name@'",
          "application-prod.yml | spring.application.name: shop",
          "bootstrap.properties | spring.application.name=shop",
        })
    void isLeftOutOfTheMatrixIfOnlyTheStartCanTellIt(String file, String text) throws IOException {
      write("src/main/resources/" + file, text);

      assertThat(init()).isZero();

      assertThat(application("")).isEmpty();
    }
  }

  @Test
  void isWhatTheOptionSays() throws IOException {
    write("pom.xml", POM.formatted("orders-service"));
    write("src/main/resources/application.properties", "spring.application.name=shop");

    assertThat(init("--name", "billing")).isZero();

    assertThat(application("")).contains("billing");
  }

  private void assertNamed(String name) {
    assertThat(init()).isZero();
    assertThat(application("")).contains(name);
  }

  private int init(String... options) {
    String[] arguments = new String[options.length + 3];
    arguments[0] = "init";
    arguments[1] = "--dir";
    arguments[2] = project.toString();
    System.arraycopy(options, 0, arguments, 3, options.length);
    return Main.run(arguments);
  }

  /** The name in the matrix that was written, which must be one that can be used. */
  private Optional<String> application(String module) {
    return CompatibilityMatrix.file(
            project.resolve(module + "src/main/resources/schema-guard/compatibility.md"))
        .application();
  }

  private void write(String name, String text) throws IOException {
    Path file = project.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
