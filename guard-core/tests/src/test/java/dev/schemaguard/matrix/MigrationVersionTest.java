// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationVersionTest {

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "001, 1",
    "1.0, 1",
    "1_0, 1",
    "1.0.0.1, 1.0.0.1",
    "0, 0",
    "0.0, 0",
    "1_10, 1.10",
    "020240101120000123456789, 20240101120000123456789"
  })
  void isSpeltAsItsEqualsAre(String name, String canonical) {
    assertThat(version(name)).hasToString(canonical).isEqualTo(version(canonical));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1.", ".1", "1..2", "v1", "1a", "1-2", "1 ", "-1", "next"})
  void isOfNumbersAlone(String name) {
    assertThat(MigrationVersion.parse(name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.", "1..2", "v1", "1a", "1-2"})
  void whatFlywayRefusesIsNone(String name) {
    assertThatThrownBy(() -> flyways(name)).isInstanceOf(FlywayException.class);
    assertThat(MigrationVersion.parse(name)).isEmpty();
  }

  @Test
  void isOrderedAsFlywayOrdersIt() {
    Random random = new Random(20261122);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      names.add(drawn(random));
    }
    for (String one : names) {
      for (String other : names) {
        int order = version(one).compareTo(version(other));
        assertThat(Integer.signum(order))
            .as(one + " and " + other)
            .isEqualTo(Integer.signum(flyways(one).compareTo(flyways(other))));
        assertThat(version(one).equals(version(other))).isEqualTo(order == 0);
      }
    }
  }

  private static String drawn(Random random) {
    StringBuilder name = new StringBuilder("0".repeat(random.nextInt(2)) + random.nextInt(12));
    for (int parts = random.nextInt(4); parts > 0; parts--) {
      name.append(random.nextBoolean() ? '.' : '_').append(random.nextInt(3));
    }
    return name.toString();
  }

  private static MigrationVersion version(String name) {
    return MigrationVersion.parse(name).orElseThrow();
  }

  private static org.flywaydb.core.api.MigrationVersion flyways(String name) {
    return org.flywaydb.core.api.MigrationVersion.fromVersion(name);
  }
}
