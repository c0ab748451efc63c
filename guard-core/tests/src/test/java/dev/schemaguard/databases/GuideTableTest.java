// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.Document;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What stands beside the documented table of databases, which the tests themselves write. */
class GuideTableTest {

  private static final Document GUIDE = Document.of("docs/reference/databases.md");

  @Tag("full")
  @Test
  void standsBesideTheReleasesOfTheTools() {
    String releases =
        "on H2 and PostgreSQL 16 Flyway %s and %s do, too"
            .formatted(FlywayRelease.all().get(0).version(), FlywayRelease.all().get(1).version());

    assertThat(String.join(" ", GUIDE.lines())).contains(releases);
  }
}
