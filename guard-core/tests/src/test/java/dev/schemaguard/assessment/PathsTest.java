// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import static dev.schemaguard.assessment.Entries.applied;
import static dev.schemaguard.assessment.Entries.failed;
import static dev.schemaguard.assessment.Entries.pathless;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.status.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A history table that several applications share. */
class PathsTest {

  private static final String FIRST = "orders/1.xml::1::me";
  private static final String SECOND = "orders/2.xml::2::me";
  private static final String FOREIGN = "billing/1.xml::1::you";

  private static Judge judge() {
    return Judge.chain(FIRST, SECOND).expectingHead().paths("orders/**");
  }

  @Test
  void whatOthersAppliedIsAsIfAbsent() {
    assertThat(judge().verdict(applied(FIRST), applied(FOREIGN), applied(SECOND)))
        .isEqualTo(Verdict.UP_TO_DATE);
    assertThat(judge().verdict(applied(FIRST), failed(FOREIGN), applied(SECOND)))
        .isEqualTo(Verdict.UP_TO_DATE);
    assertThat(judge().status(applied(FIRST), applied(FOREIGN)).currentRevision()).isEqualTo("1");
  }

  @Test
  void aMarkerOfOthersDoesNotSpeakToUs() {
    assertThat(judge().verdict(applied(FIRST), applied(SECOND), applied(FOREIGN, "requires-app 9")))
        .isEqualTo(Verdict.UP_TO_DATE);
  }

  @Test
  void aTableThatHoldsOnlyOthersIsFreshForUs() {
    assertThat(judge().verdict(applied(FOREIGN))).isEqualTo(Verdict.UNINITIALIZED);
    assertThat(judge().status(applied(FOREIGN)).summary()).startsWith("Empty history; 2 pending");
    assertThat(judge().status(applied(FOREIGN)).problem().why())
        .isEqualTo("all entries of databasechangelog (1) lie outside Paths:");
  }

  @Test
  void whatIsOursAndUnknownIsAhead() {
    assertThat(judge().verdict(applied(FIRST), applied(SECOND), applied("orders/3.xml::3::me")))
        .isEqualTo(Verdict.AHEAD_UNKNOWN);
  }

  @Test
  void withoutPathsEverythingIsOurs() {
    assertThat(
            Judge.chain(FIRST, SECOND)
                .expectingHead()
                .verdict(applied(FIRST), applied(SECOND), applied(FOREIGN)))
        .isEqualTo(Verdict.AHEAD_UNKNOWN);
  }

  @Test
  void anEntryOutsideThatIsInTheChainIsAConfigurationError() {
    Judge narrow = Judge.chain(FIRST, SECOND).expectingHead().paths("order/**");

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> narrow.verdict(applied(FIRST)))
        .withMessageContaining("orders/1.xml::1::me")
        .withMessageContaining("Widen Paths:");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> narrow.version("7.0").verdict(applied(FIRST)))
        .withMessageContaining("Widen Paths:");
  }

  @Test
  void soIsOneWhoseIdIsALineOfTheChain() {
    Judge ids = Judge.chain("1", "2").expectingHead().paths("orders/**");

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> ids.verdict(applied(FOREIGN)))
        .withMessageContaining("billing/1.xml::1::you");
  }

  @Test
  void soIsOneThatTheRowNamesWhereThereIsNoChain() {
    Judge narrow = Judge.withoutChain().expecting("2", "1").paths("order/**");

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> narrow.verdict(applied(FIRST), applied(SECOND)))
        .withMessageContaining("outside Paths:")
        .withMessageContaining("Widen Paths:");
  }

  @Test
  void othersMayUseTheSameIdsWhereOursAreThere() {
    Judge named = Judge.withoutChain().expecting("2", "1").paths("orders/**");

    assertThat(named.verdict(applied(FOREIGN), applied(FIRST), applied(SECOND)))
        .isEqualTo(Verdict.UP_TO_DATE);
  }

  @Test
  void aHistoryWithoutPathsCannotBeParted() {
    Judge chain = Judge.chain("a1", "b2").expectingHead().paths("orders/**").tool("alembic");
    Judge row = Judge.withoutChain().expecting("b2").paths("orders/**").tool("alembic");

    for (Judge judge : new Judge[] {chain, row}) {
      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(() -> judge.verdict(pathless("zz")))
          .withMessageContaining("Remove Paths:");
    }
  }

  @ParameterizedTest(name = "{0} covers {1}: {2}")
  @CsvSource({
    "orders/**, orders/1.xml, true",
    "orders/**, orders/v1/1.xml, true",
    "orders/**, orders.xml, false",
    "orders/**, my/orders/1.xml, false",
    "orders/*, orders/1.xml, true",
    "orders/*, orders/v1/1.xml, false",
    "orders/*.xml, orders/1.xml, true",
    "orders/*.xml, orders/1.sql, false",
    "orders/*.xml, orders/1yxml, false",
    "**/orders/*, orders/1.xml, true",
    "**/orders/*, a/b/orders/1.xml, true",
    "**/orders/*, a/myorders/1.xml, false",
    "orders/**/v1/*, orders/v1/1.xml, true",
    "orders/**/v1/*, orders/a/b/v1/1.xml, true",
    "orders/?.xml, orders/1.xml, true",
    "orders/?.xml, orders/12.xml, false",
    "**, anything/at/all.xml, true",
    "*, one.xml, true",
    "*, a/one.xml, false",
    "classpath:/orders/**, orders/1.xml, true",
    "/orders/1.xml, orders/1.xml, true",
    "orders/[1].xml, orders/1.xml, false",
    "orders/(1).xml, orders/(1).xml, true",
    "Orders/**, orders/1.xml, false",
  })
  void patternsCoverPaths(String pattern, String path, boolean covered) {
    Judge judge = Judge.chain("needed").expectingHead().paths("nowhere/**", pattern);

    assertThat(judge.verdict(applied(path + "::x::me")))
        .isEqualTo(covered ? Verdict.BEHIND : Verdict.UNINITIALIZED);
  }
}
