// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.matrix.ConfigurationException;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnknownSettingTest {

  private static final List<String> KNOWN = List.of("a.timeout", "a.mode", "a.wait-timeout");

  private static UnknownSetting unknown(String name) {
    return UnknownSetting.of(name + " (file:3)", name, KNOWN);
  }

  @Test
  void isReportedWithTheNearestName() {
    ConfigurationException error = UnknownSetting.error(List.of(unknown("a.mdoe")));

    assertThat(error)
        .hasMessage(
            "a.mdoe (file:3): there is no such setting. Correct its name or remove it; the nearest"
                + " is a.mode.");
  }

  @Test
  void severalAreReportedAtOnce() {
    ConfigurationException error =
        UnknownSetting.error(
            List.of(unknown("a.mdoe"), unknown("a.modes"), unknown("a.waittimeout")));

    assertThat(error.location())
        .isEqualTo("a.mdoe (file:3), a.modes (file:3), a.waittimeout (file:3)");
    assertThat(error.remedy()).endsWith("the nearest are a.mode, a.wait-timeout.");
  }
}
