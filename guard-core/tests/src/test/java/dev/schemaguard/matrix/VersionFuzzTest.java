// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.GeneratedDocuments;
import dev.schemaguard.testing.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever somebody calls a version, a row or a changeset, what it means is stable. */
@Tag("inputs")
class VersionFuzzTest {

  @Test
  void aVersionMeansTheSameHoweverItIsWritten() {
    GeneratedDocuments documents = new GeneratedDocuments(11);
    try (Tally tally = new Tally("versions, mutated")) {
      for (int i = 0; i < Tally.inputs(40_000); i++) {
        String text = i % 2 == 0 ? documents.version() : documents.mutated(documents.version());
        tally.check(
            "'" + text + "'",
            () ->
                AppVersion.parse(text)
                    .ifPresentOrElse(VersionFuzzTest::requireStable, tally::refuse));
      }
    }
  }

  private static void requireStable(AppVersion version) {
    String text = version.toString();
    assertThat(AppVersion.parse(text)).contains(version);
    assertThat(AppVersion.parse(" " + text + "\n")).contains(version).hasToString(of(text));
    if (Character.isDigit(text.charAt(0))) {
      assertThat(AppVersion.parse("v" + text)).contains(version);
    }
    AppVersion release = version.release();
    assertThat(release.hasQualifier()).isFalse();
    assertThat(release.release()).isEqualTo(release);
    assertThat(version).isLessThanOrEqualTo(release);
    assertThat(AppVersion.parse(release.toString())).contains(release);
    assertThat(AppVersion.parse(release + ".0.0")).contains(release);
    assertThat(release.next(1)).isGreaterThan(release);
  }

  private static String of(String text) {
    return Optional.of(text).toString();
  }

  @Test
  void versionsAreInOneOrder() {
    GeneratedDocuments documents = new GeneratedDocuments(12);
    List<AppVersion> versions = new ArrayList<>();
    while (versions.size() < 2_000) {
      AppVersion.parse(documents.mutated(documents.version())).ifPresent(versions::add);
      AppVersion.parse(documents.version()).ifPresent(versions::add);
    }
    Random random = new Random(12);
    try (Tally tally = new Tally("three versions in order")) {
      for (int i = 0; i < Tally.inputs(200_000); i++) {
        AppVersion a = oneOf(versions, random);
        AppVersion b = oneOf(versions, random);
        AppVersion c = oneOf(versions, random);
        tally.check(a + ", " + b + ", " + c, () -> requireOrder(a, b, c));
      }
    }
  }

  private static AppVersion oneOf(List<AppVersion> versions, Random random) {
    return versions.get(random.nextInt(versions.size()));
  }

  private static void requireOrder(AppVersion a, AppVersion b, AppVersion c) {
    int order = Integer.signum(a.compareTo(b));
    check(order == -Integer.signum(b.compareTo(a)), "antisymmetric");
    check(order != 0 || Integer.signum(a.compareTo(c)) == Integer.signum(b.compareTo(c)), "equal");
    check(order > 0 || b.compareTo(c) > 0 || a.compareTo(c) <= 0, "transitive");
    check(!a.equals(b) || (order == 0 && a.hashCode() == b.hashCode()), "consistent with equals");
    // Only what follows the numbers tells versions of the same place apart.
    check(order != 0 || a.equals(b) || a.hasQualifier() || b.hasQualifier(), "equal releases");
    check(order != 0 || a.release().equals(b.release()), "equal numbers");
  }

  private static void check(boolean holds, String property) {
    assertThat(holds).as(property).isTrue();
  }

  @Test
  void aRowSpeaksForWhatItNames() {
    GeneratedDocuments documents = new GeneratedDocuments(13);
    try (Tally tally = new Tally("labels of rows, mutated")) {
      for (int i = 0; i < Tally.inputs(40_000); i++) {
        String text = i % 2 == 0 ? documents.label() : documents.mutated(documents.label());
        tally.check(
            "'" + text + "'",
            () ->
                VersionPattern.parse(text)
                    .ifPresentOrElse(row -> stable(row, text), tally::refuse));
      }
    }
  }

  private static void stable(VersionPattern pattern, String text) {
    assertThat(VersionPattern.parse("\t" + text + " ")).contains(pattern);
    AppVersion oldest = pattern.oldest().orElse(null);
    if (oldest != null) {
      assertThat(pattern.holds(oldest)).isTrue();
    }
    if (pattern instanceof VersionPattern.Span span) {
      assertThat(oldest).isEqualTo(span.from());
      assertThat(span.contains(span)).isTrue();
      assertThat(span.overlaps(span)).isTrue();
      assertThat(span.holds(span.to())).isEqualTo(span.inclusive());
      assertThat(span.holds(span.to().next(1))).isFalse();
    }
    assertThat(MatrixRow.of(text, "0001", null, null, "here").pattern()).isEqualTo(pattern);
  }

  @Test
  void aChangesetsKeyHasOneForm() {
    GeneratedDocuments documents = new GeneratedDocuments(14);
    try (Tally tally = new Tally("names of changesets, mutated")) {
      for (int i = 0; i < Tally.inputs(40_000); i++) {
        String name = documents.mutated("classpath:/a/../BOOT-INF/classes/./b//c.xml::1::x::me");
        tally.check("'" + name + "'", () -> requireOneForm(name));
      }
    }
  }

  private static void requireOneForm(String name) {
    String canonical = ChangesetKey.canonical(name);
    assertThat(ChangesetKey.canonical(canonical)).isEqualTo(canonical);
    assertThat(ChangesetKey.normalize(ChangesetKey.normalize(name)))
        .isEqualTo(ChangesetKey.normalize(name));
    // A path that ends with a colon cannot be told from the marks behind it; no changelog has one.
    ChangesetKey.parse(name)
        .filter(key -> !key.path().endsWith(":"))
        .ifPresent(
            key -> {
              assertThat(ChangesetKey.parse(key.toString())).contains(key);
              if (name.charAt(0) != ':') {
                assertThat(ChangesetKey.canonical("classpath:" + name)).isEqualTo(canonical);
              }
            });
  }
}
