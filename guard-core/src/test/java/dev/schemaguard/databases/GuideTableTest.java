// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.Document;
import java.util.Arrays;
import java.util.List;
import liquibase.util.LiquibaseUtil;
import org.flywaydb.core.internal.license.VersionPrinter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The documented table of databases, which says what the other tests of this package try. */
class GuideTableTest {

  private static final Document GUIDE = Document.of("docs/reference/databases.md");

  @Test
  void holdsEveryTestedDatabaseAndNoOther() {
    List<String> lines = GUIDE.lines();
    int header = lines.indexOf("| database | Liquibase | Flyway | Alembic | golang-migrate |");

    assertThat(lines.subList(header + 2, lines.subList(header, lines.size()).indexOf("") + header))
        .containsExactlyElementsOf(
            Arrays.stream(TestedDatabase.values()).map(TestedDatabase::row).toList());
  }

  @Tag("full")
  @Test
  void standsBesideTheReleasesOfTheTools() {
    String releases =
        "Liquibase %s and Flyway %s write these histories themselves; on H2 and PostgreSQL 16 Flyway %s and %s do"
            .formatted(
                minor(LiquibaseUtil.getBuildVersion()),
                minor(VersionPrinter.getVersion()),
                FlywayRelease.all().get(0).version(),
                FlywayRelease.all().get(1).version());

    assertThat(String.join(" ", GUIDE.lines())).contains(releases);
  }

  private static String minor(String version) {
    return version.replaceFirst("^(\\d+\\.\\d+).*", "$1");
  }
}
