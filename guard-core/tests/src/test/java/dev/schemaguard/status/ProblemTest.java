// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTest {

  private static Problem problem(String why, String... actions) {
    return new Problem(
        "GUARD-TEST", "A title", "app@pg3/orders", "0002", "0003", why, List.of(actions));
  }

  @Test
  void isALineForEachThingThatIsKnown() {
    assertThat(
            problem("0003 is missing", "migrate", "or wait")
                .text("Schema Guard refused to start orders", "ORDERS_STRICT_SCHEMA=0"))
        .isEqualTo(
            """
            Schema Guard refused to start orders   [GUARD-TEST]
            database  app@pg3/orders
            found     0002
            expected  0003
            why       0003 is missing
            do now    migrate
            or        or wait
            override  ORDERS_STRICT_SCHEMA=0\
            """);
  }

  @Test
  void fallsIntoWhatIsWrongAndWhatToDo() {
    Problem problem = problem("0003 is missing", "migrate", "or wait");

    assertThat(problem.description("refused") + "\n" + problem.advice("X=0"))
        .isEqualTo(problem.text("refused", "X=0"));
    assertThat(problem.advice("X=0"))
        .isEqualTo("do now    migrate\nor        or wait\noverride  X=0");
  }

  @Test
  void leavesOutWhatIsNotKnown() {
    assertThat(
            new Problem("GUARD-TEST", "A title", null, null, null, "why not", List.of("wait"))
                .text("refused", null))
        .isEqualTo("refused   [GUARD-TEST]\nwhy       why not\ndo now    wait");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "ä", "中", "😀"})
  void isAtMostTwoKilobytesOfAnyScript(String character) {
    String long1 = character.repeat(5_000);
    Problem problem =
        new Problem("GUARD-TEST", long1, long1, long1, long1, long1, List.of(long1, long1, long1));

    String text = problem.text(long1, long1);

    assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(1_700, 2_048);
    assertThat(text.lines().skip(1)).hasSize(8).allMatch(line -> line.endsWith("…"));
    assertThat(text).contains("[GUARD-TEST]");
  }

  @Test
  void isAtMostTwoKilobytesWithAnyNumberOfActions() {
    Problem problem = problem("why", Collections.nCopies(500, "do this").toArray(new String[0]));

    assertThat(problem.text("refused", "OVERRIDE=0").getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(2_048);
  }

  @Test
  void cutsTheLongestLinesOnly() {
    String text = problem("x".repeat(5_000), "migrate").text("refused", "OVERRIDE=0");

    assertThat(text).contains("\nfound     0002\n", "\ndo now    migrate\n", "…\n");
    assertThat(text).endsWith("\noverride  OVERRIDE=0");
  }

  @Test
  void cutsNoCharacterInTwo() {
    String text = problem("x" + "😀".repeat(5_000), "migrate").text("refused", null);

    assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(text)).isTrue();
  }

  @Test
  void keepsEveryThingOnItsLine() {
    assertThat(
            problem("a\nb\r\nc\td\u0000e\u001b[1mf\u0085g\u2028h\u2029i", "j\nk")
                .text("l\nm", null))
        .isEqualTo(
            """
            l\\nm   [GUARD-TEST]
            database  app@pg3/orders
            found     0002
            expected  0003
            why       a\\nb\\r\\nc\\td\\u0000e\\u001b[1mf\\u0085g\\u2028h\\u2029i
            do now    j\\nk\
            """);
  }
}
