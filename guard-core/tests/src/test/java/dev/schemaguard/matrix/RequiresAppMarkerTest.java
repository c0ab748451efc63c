// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.matrix.RequiresAppMarker.Malformed;
import dev.schemaguard.matrix.RequiresAppMarker.Requires;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequiresAppMarkerTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "requires-app 0.6.0                     | 0.6.0",
        "requires-app >= 0.6.0                  | 0.6.0",
        "requires-app >=0.6.0                   | 0.6.0",
        "requires-app>= 0.6.0                   | 0.6.0",
        "requires-app>=0.6.0                    | 0.6.0",
        "requires-app   0.6.0                   | 0.6.0",
        "REQUIRES-APP 0.6.0                     | 0.6.0",
        "Requires-App >= V0.6.0                 | 0.6.0",
        "requires-app v0.6                      | 0.6",
        "requires-app 6                         | 6",
        "requires-app 1.2.3.4                   | 1.2.3.4",
        "requires-app 0.6.0-rc.1                | 0.6.0-rc.1",
        "requires-app 0.6.0+build.7             | 0.6.0+build.7",
        "requires-app 0.6.0-3-gabc              | 0.6.0-3-gabc",
        "requires-app 0.6.0.                    | 0.6.0",
        "requires-app 0.6.0,                    | 0.6.0",
        "requires-app 0.6.0;                    | 0.6.0",
        "requires-app 0.6.0)                    | 0.6.0",
        "requires-app 0.6.0: not this           | ",
        "requires-app 0.6.0; drops legacy       | 0.6.0",
        "requires-app 0.6.0 drops legacy        | 0.6.0",
        "requires-app 0.6.0 2.0 is only a word  | 0.6.0",
      })
  void isReadAtTheBeginning(String comment, String version) {
    if (version == null) {
      assertThat(RequiresAppMarker.parse(comment)).containsInstanceOf(Malformed.class);
    } else {
      assertThat(RequiresAppMarker.parse(comment))
          .contains(new Requires(AppVersion.parse(version).orElseThrow()));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "requires-app orders 1.5.0              | orders        | 1.5.0",
        "requires-app orders >= 1.5.0, drops x  | orders        | 1.5.0",
        "requires-app Order-Service 1.5         | Order-Service | 1.5",
        "requires-app o.s_2 2                   | o.s_2         | 2",
      })
  void mayNameItsApplication(String comment, String application, String version) {
    assertThat(RequiresAppMarker.parse(comment))
        .contains(new Requires(AppVersion.parse(version).orElseThrow(), application));
    assertThat(RequiresAppMarker.parse(comment, application.toUpperCase(Locale.ROOT))).isPresent();
    assertThat(RequiresAppMarker.parse(comment, "billing")).isEmpty();
    assertThat(RequiresAppMarker.parse(comment, null)).isPresent();
  }

  @Test
  void mayBeFollowedByALineBreakOrATab() {
    Requires requires = new Requires(AppVersion.parse("0.6.0").orElseThrow());

    assertThat(RequiresAppMarker.parse("requires-app 0.6.0\ndrops legacy")).contains(requires);
    assertThat(RequiresAppMarker.parse("requires-app\t0.6.0\tdrops legacy")).contains(requires);
    assertThat(RequiresAppMarker.parse("\n  requires-app 0.6.0\n")).contains(requires);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "requires-app",
        "requires-app ",
        "requires-app >=",
        "requires-app >= ",
        "requires-app0.6.0",
        "requires-app: 0.6.0",
        "requires-app=0.6.0",
        "requires-app = 0.6.0",
        "requires-app > 0.6.0",
        "requires-app < 0.6.0",
        "requires-app <= 0.6.0",
        "requires-app => 0.6.0",
        "requires-app == 0.6.0",
        "requires-app >= >= 0.6.0",
        "requires-app ~0.6.0",
        "requires-app ^0.6.0",
        "requires-app 0.6.x",
        "requires-app 0.6.*",
        "requires-app (0.6.0)",
        "requires-app \"0.6.0\"",
        "requires-app 0.6.0..",
        "requires-app 0.6.0...",
        "requires-app 0.6.0.,",
        "requires-app 0.6.0),",
        "requires-app 0.6.0!",
        "requires-app 0.6.0/0.7.0",
        "requires-app 0.6.0,0.7.0",
        "requires-app 0.6.0-",
        "requires-app .6.0",
        "requires-app 0..6",
        "requires-app -1",
        "requires-app vv1",
        "requires-app version 0.6.0",
        "requires-app latest",
        "requires-app_0.6.0",
        "requires-app-0.6.0",
        "requires-app.0.6.0",
        "drops legacy; requires-app 0.6.0",
        "(requires-app 0.6.0)",
        "-- requires-app 0.6.0",
        "# requires-app 0.6.0",
        "not-requires-app 0.6.0",
        "_requires-app 0.6.0",
        "requires-app 0.6.0 requires-app 0.7.0",
        "requires-app 0.6.0, requires-app 0.7.0",
        "requires-app 0.6.0 says REQUIRES-APP",
        "requires-app orders",
        "requires-app orders billing 1.5.0",
        "requires-app orders, 1.5.0",
        "requires-app >= orders 1.5.0",
        "requires-app 2orders 1.5.0",
        "requires-app requires-app 0.6.0",
      })
  void isMalformedInAnyOtherForm(String comment) {
    assertThat(RequiresAppMarker.parse(comment)).containsInstanceOf(Malformed.class);
  }

  @Test
  void isMalformedWithBlanksThatAreNoBlanks() {
    assertThat(RequiresAppMarker.parse("requires-app\u00a00.6.0"))
        .containsInstanceOf(Malformed.class);
    assertThat(RequiresAppMarker.parse("requires-app 0.6.0\u00a0x"))
        .containsInstanceOf(Malformed.class);
    assertThat(RequiresAppMarker.parse("requires-app 0.6.0\u2026"))
        .containsInstanceOf(Malformed.class);
    assertThat(RequiresAppMarker.parse("\u200brequires-app 0.6.0"))
        .containsInstanceOf(Malformed.class);
    assertThat(RequiresAppMarker.parse("requires-app \u0661.0"))
        .containsInstanceOf(Malformed.class);
  }

  /** Liquibase cuts a comment at 250 characters and puts three points in place of the rest. */
  @Test
  void isNotBelievedWhereItWasCut() {
    String cut = "requires-app 1." + "1".repeat(232) + "...";

    assertThat(cut).hasSize(250);
    assertThat(RequiresAppMarker.parse(cut)).containsInstanceOf(Malformed.class);
    assertThat(RequiresAppMarker.parse("requires-app 1...")).containsInstanceOf(Malformed.class);
    assertThat(RequiresAppMarker.parse("requires-app ...")).containsInstanceOf(Malformed.class);
    assertThat(RequiresAppMarker.parse("x".repeat(234) + " requires-app..."))
        .containsInstanceOf(Malformed.class);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        " ",
        "drops legacy",
        "requires app 0.6.0",
        "requires_app 0.6.0",
        "requires-application 0.6.0",
        "requires-apps 0.6.0",
        "prerequires-app 0.6.0",
        "requires",
      })
  void isAbsentWhereTheWordIs(String comment) {
    assertThat(RequiresAppMarker.parse(comment)).isEmpty();
  }
}
