// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GridAddressTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "null, ?grid=all",
        "'', ?grid=all",
        "format=html, ?grid=all&format=html",
        "app-version=0.5.0&format=html, ?grid=all&app-version=0.5.0&format=html",
        "app-version=1%22%3E%3Cscript%3E, ?grid=all&app-version=1%22%3E%3Cscript%3E",
        "other=javascript:alert(1), ?grid=all",
        "grid=all, null",
        "format=html&grid=all, null",
      })
  void ofTheWholeGridKeepsTheOtherParameters(String query, String address) {
    assertThat(GridAddress.of(new Query(query)).ofWhole()).isEqualTo(address);
  }

  @Test
  void otherPartsAreRefused() {
    assertThatThrownBy(() -> GridAddress.of(new Query("grid=12")))
        .isInstanceOf(RequestException.class);
  }
}
