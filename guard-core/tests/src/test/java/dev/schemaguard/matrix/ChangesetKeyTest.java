// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import liquibase.changelog.DatabaseChangeLog;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangesetKeyTest {

  @Nested
  class Parts {

    @ParameterizedTest
    @CsvSource({
      "db/a.yaml::1::me, db/a.yaml, 1, me",
      "db/a.yaml::1::2::me, db/a.yaml, 1::2, me",
      "db/a.yaml::a:b::me, db/a.yaml, a:b, me",
      "classpath:db/a.yaml::1::me, db/a.yaml, 1, me",
      "db/a.yaml::id with blanks::Jane Doe, db/a.yaml, id with blanks, Jane Doe",
    })
    void thePathEndsAtTheFirstAndTheAuthorBeginsAfterTheLast(
        String name, String path, String id, String author) {
      assertThat(ChangesetKey.parse(name)).contains(new ChangesetKey(path, id, author));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0001", "a::b", "a:::b", "::", "a:b:c"})
    void whatLacksAPartIsNoWholeKey(String name) {
      assertThat(ChangesetKey.parse(name)).isEmpty();
      assertThat(ChangesetKey.canonical(name)).isEqualTo(name);
    }

    @Test
    void theCanonicalNameDiffersInThePathAlone() {
      assertThat(ChangesetKey.canonical("/BOOT-INF/classes/db//a.yaml::/1::/me"))
          .isEqualTo("db/a.yaml::/1::/me");
    }
  }

  @Nested
  class Paths {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "db/a.yaml",
          "/db/a.yaml",
          "classpath:db/a.yaml",
          "classpath:/db/a.yaml",
          "classpath*:db/a.yaml",
          "./db/a.yaml",
          "././/db/a.yaml",
          "//db/a.yaml",
          "db\\a.yaml",
          "C:\\db\\a.yaml",
          "c:/db/a.yaml",
          "db//a.yaml",
          "db/./a.yaml",
          "db/x/../a.yaml",
          "x/../db/a.yaml",
          "BOOT-INF/classes/db/a.yaml",
          "/BOOT-INF/classes/db/a.yaml",
          "classpath:BOOT-INF/classes/db/a.yaml",
          "WEB-INF/classes/db/a.yaml",
          "classpath:/WEB-INF/classes//db/a.yaml",
        })
    void whoeverRanItThePathIsTheSame(String path) {
      assertThat(ChangesetKey.normalize(path)).isEqualTo("db/a.yaml");
    }

    /** The classes folders inside an archive aside, Liquibase is the authority. */
    @ParameterizedTest
    @ValueSource(
        strings = {
          "db/a.yaml",
          "/db/a.yaml",
          "classpath:db/a.yaml",
          "classpath:/db/a.yaml",
          "db\\a.yaml",
          "C:\\db\\a.yaml",
          "./db/a.yaml",
          "db//a.yaml",
          "db/./a.yaml",
          "db/../a.yaml",
          "db/x/../../a.yaml",
          "../db/a.yaml",
          "../../db/a.yaml",
          "a/../../db/a.yaml",
          "db/.hidden/a.yaml",
          "db/..hidden/a.yaml",
          "db/a..yaml",
          "db.v1/a.yaml",
          "a.yaml",
          "BOOT-INF/a.yaml",
          "my classes/a.yaml",
          "jar:file:x.jar!/db/a.yaml",
        })
    void aPathIsNormalisedAsLiquibaseDoes(String path) {
      assertThat(ChangesetKey.normalize(path)).isEqualTo(DatabaseChangeLog.normalizePath(path));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "/",
          "./",
          "classpath:",
          "a/..",
          "db/a.yaml",
          "x/./y//z",
          "../a",
          "a/../BOOT-INF/classes/x",
          "x/..//c:y"
        })
    void normalisingTwiceChangesNothing(String path) {
      String once = ChangesetKey.normalize(path);

      assertThat(ChangesetKey.normalize(once)).isEqualTo(once);
    }

    @ParameterizedTest
    @ValueSource(strings = {"db/A.yaml", "other/a.yaml", "db/a.yml", "BOOT-INF/db/a.yaml"})
    void otherPathsStayOther(String path) {
      assertThat(ChangesetKey.normalize(path)).isNotEqualTo("db/a.yaml");
    }
  }
}
