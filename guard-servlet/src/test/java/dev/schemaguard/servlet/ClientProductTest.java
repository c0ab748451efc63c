// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientProductTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "python-sdk/1.0.3 | python-sdk=1.0.3",
        "  Python_SDK/1.0.3-rc.1+7   python/3.11 | Python_SDK=1.0.3-rc.1+7, python=3.11",
        "Mozilla/5.0 (X11; old-sdk/1.0 (x)) new-sdk/2.0 | Mozilla=5.0, new-sdk=2.0",
        "sdk/1.0(comment)other/2 | sdk=1.0, other=2",
        "sdk/1.0 (never closed sdk/9.9 | sdk=1.0",
        "sdk/1.0) other/2 | sdk=1.0), other=2",
        "a/b/c | a=b/c",
        "sdk | \"\"",
        "/1.0 | \"\"",
        "sdk/ | sdk=",
        "\"\" | \"\"",
      })
  void eachProductOfAHeader(String header, String products) {
    assertThat(
            ClientProduct.of(header == null ? "" : header).stream()
                .map(product -> product.name() + "=" + product.version())
                .collect(Collectors.joining(", ")))
        .isEqualTo(products == null ? "" : products);
  }
}
