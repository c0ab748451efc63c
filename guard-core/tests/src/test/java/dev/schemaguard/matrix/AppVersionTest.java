// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppVersionTest {

  private static AppVersion version(String text) {
    return AppVersion.parse(text).orElseThrow();
  }

  @Nested
  class Form {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "0",
          "1",
          "0.6.1",
          "1.2.3.4.5",
          "v0.6.1",
          "V1",
          "2024.11.22",
          "1.0-SNAPSHOT",
          "1.0-rc.1",
          "1.0+build.7",
          "1.0-rc.1+build.7",
          "1.0.0--",
          "1.0.0-0A.is.legal",
          "1.0+-",
          " 1.0 ",
          "0.6.1-3-gabc",
          "007.08",
          "99999999999999999999999.999999999999999999999998",
        })
    void aVersionIsNumbersAndQualifiers(String text) {
      assertThat(AppVersion.parse(text)).hasToString("Optional[" + text.strip() + "]");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          " ",
          "v",
          "abc",
          "deadbeef",
          "12ab34c",
          "f00",
          ".1",
          "1.",
          "1..2",
          "-1",
          "1.-1",
          "1.0-",
          "1.0+",
          "1.0-a..b",
          "1.0-+b",
          "1.0+a+b",
          "1.0_1",
          "1,0",
          "1 .0",
          "vv1",
          "release-1.0",
          "1.0.RELEASE",
          "1.0.x",
          "*",
          "current",
          "1.0-ä",
          "١.٠",
          "1.0\n2",
          "unspecified",
        })
    void anythingElseIsNoVersion(String text) {
      assertThat(AppVersion.parse(text)).isEmpty();
    }

    @Test
    void itHasAtMost255Characters() {
      assertThat(AppVersion.parse("1".repeat(255))).isPresent();
      assertThat(AppVersion.parse("1".repeat(256))).isEmpty();
      assertThat(AppVersion.parse("1.0-" + "a".repeat(251))).isPresent();
      assertThat(AppVersion.parse("1.0-" + "a".repeat(252))).isEmpty();
    }
  }

  @Nested
  class Order {

    /** The example of the specification, section 11, and what else it says in words. */
    @ParameterizedTest
    @ValueSource(
        strings = {
          "1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta 1.0.0-beta.2 1.0.0-beta.11"
              + " 1.0.0-rc.1 1.0.0",
          "1.0.0 2.0.0 2.1.0 2.1.1",
          "1.0.0-1 1.0.0-2 1.0.0-10 1.0.0-A 1.0.0-a",
          "0.9 0.10 0.10.1 1",
          "0.6.1-SNAPSHOT 0.6.1",
          "1.0.0-rc.1 1.0.0-rc.1-1-gabc.x",
          "1.0.0-99999999999999999999 1.0.0-100000000000000000000",
          "99999999999999999998 99999999999999999999",
          "1.0.0.9 1.0.0.10 1.0.1-a",
          "v1.0 V1.1 1.2",
          "0.6.0-3-gabc 0.6.1-rc1 0.6.1-1-gffff",
        })
    void isThatOfSemVer(String ascending) {
      List<AppVersion> expected =
          Stream.of(ascending.split(" ", -1)).map(AppVersionTest::version).toList();
      List<AppVersion> shuffled = new ArrayList<>(expected);
      Collections.shuffle(shuffled, new Random(42));
      Collections.sort(shuffled);

      assertThat(shuffled).containsExactlyElementsOf(expected);
      for (int i = 0; i + 1 < expected.size(); i++) {
        assertThat(expected.get(i)).isLessThan(expected.get(i + 1));
        assertThat(expected.get(i + 1)).isGreaterThan(expected.get(i));
      }
    }

    @ParameterizedTest
    @CsvSource({
      "1, 1.0.0",
      "1.0, v1",
      "0.0, 0",
      "1.0+a, 1.0+b",
      "1.0+a, 1.0",
      "0.6.1-3-gabc, 0.6.1",
      "0.6.1-12-g0123456789abcdef, 0.6.1",
      "0.6.1-3-gabc-dirty, 0.6.1",
      "0.6.1-rc.1-3-gabc, 0.6.1-rc.1",
      "v0.6.1-3-gabc+x, 0.6.1",
      "01.002, 1.2",
      "1.0-007, 1.0-7",
    })
    void holdsEqualWhatDiffersInNothingThatCounts(String a, String b) {
      assertThat(version(a)).isEqualByComparingTo(version(b));
      assertThat(version(b)).isEqualByComparingTo(version(a));
    }

    @ParameterizedTest
    @CsvSource({
      "0.6.1-3-gxyz",
      "0.6.1-gabc",
      "0.6.1-a-gabc",
      "0.6.1-dirty",
      "0.6.1-3.gabc",
      "0.6.1-rc.-3-gabc",
      "0.6.1--3-gabc"
    })
    void takesOnlyWhatGitDescribePrintsForTheRelease(String text) {
      assertThat(version(text)).isLessThan(version("0.6.1"));
    }
  }

  @Nested
  class Equality {

    @ParameterizedTest
    @CsvSource({"1, 1.0.0", "v0.6.1, 0.6.1", "1.0-a+b, v1-a+b", "01, 1"})
    void ignoresSpelling(String a, String b) {
      assertThat(version(a)).isEqualTo(version(b)).hasSameHashCodeAs(version(b));
    }

    @ParameterizedTest
    @CsvSource({"1.0+a, 1.0", "1.0+a, 1.0+b", "1.0-a, 1.0", "0.6.1-3-gabc, 0.6.1", "1.0-a, 1.0-A"})
    void heedsQualifiers(String a, String b) {
      assertThat(version(a)).isNotEqualTo(version(b));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.6.1, 0.6.1, false",
    "0.6.1-SNAPSHOT, 0.6.1, true",
    "0.6.1+build.7, 0.6.1, true",
    "0.6.1-3-gabc, 0.6.1, true",
    "v0.6.1-rc.1+7, v0.6.1, true",
    "1.0+a-b, 1.0, true",
  })
  void theReleaseIsTheVersionWithoutItsQualifier(String text, String release, boolean qualified) {
    assertThat(version(text).release()).isEqualTo(version(release)).hasToString(release);
    assertThat(version(text).hasQualifier()).isEqualTo(qualified);
  }
}
