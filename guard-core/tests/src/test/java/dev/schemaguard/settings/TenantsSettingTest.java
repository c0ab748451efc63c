// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaguard.matrix.ConfigurationException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TenantsSettingTest {

  private static TenantsSetting setting(String schema, String pattern, String query) {
    List<String> patterns = pattern == null ? List.of() : List.of(pattern);
    return new TenantsSetting(
        new SettingPrefix("schema-guard.guards.shop."), schema, patterns, query);
  }

  @Test
  void withoutAnyThereAreNoTenants() {
    assertThat(setting(null, null, null).tenants()).isEmpty();
    assertThat(setting("app", null, null).tenants()).isEmpty();
  }

  @Test
  void eitherWayNamesThem() {
    assertThat(setting(null, "tenant_%", null).tenants()).isPresent();
    assertThat(setting(null, null, "SELECT name FROM tenant").tenants()).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "app | tenant_% |            | schemas      | schema is set as well: tenants and the one",
        "app |          | SELECT 'a' | schemas-from | schema is set as well: tenants and the one",
        "    | tenant_% | SELECT 'a' | schemas      | schemas-from is set as well: two ways",
        "    |          | DROP x     | schemas-from | 'DROP x' is not one SELECT",
        "    | \" \"      |            | schemas      | a pattern is empty",
      })
  void whatHasNoMeaningIsToldWithItsName(
      String schema, String pattern, String query, String name, String why) {
    assertThatThrownBy(() -> setting(schema, pattern, query).tenants())
        .isInstanceOfSatisfying(
            ConfigurationException.class,
            error -> {
              assertThat(error.location()).isEqualTo("schema-guard.guards.shop." + name);
              assertThat(error.reason()).contains(why);
              assertThat(error.remedy()).isNotEmpty();
            });
  }
}
