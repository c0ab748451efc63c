// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A plain URL is shown without patterns; the result is that of the patterns. */
class UrlPartsTest {

  private static final List<String> PIECES =
      List.of(
          "jdbc:",
          "postgresql",
          "mysql",
          "h2:mem:",
          "oracle:thin:",
          "://",
          "//",
          "/",
          ":",
          "pg3",
          "5432",
          "orders",
          "a.b-c_d",
          "token",
          "Password",
          "pwd",
          "key",
          "sig",
          "=",
          "@",
          "?",
          ";",
          "user",
          "secret",
          "(",
          ")",
          " ");

  @Test
  void aPlainUrlIsShownAsThePatternsShowIt() {
    Random random = new Random(7);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder url = new StringBuilder(random.nextInt(4) > 0 ? "jdbc:postgresql://" : "");
      int pieces = 1 + random.nextInt(6);
      for (int i = 0; i < pieces; i++) {
        url.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      assertThat(DatabaseUrl.place(url.toString()))
          .as(url.toString())
          .isEqualTo(UrlParts.place(url.toString()));
    }
    assertThat(DatabaseUrl.place("jdbc:postgresql://pg3:5432/orders")).isEqualTo("pg3:5432/orders");
    assertThat(DatabaseUrl.place("jdbc:postgresql://token:5432/orders")).isEqualTo("token:***");
  }
}
