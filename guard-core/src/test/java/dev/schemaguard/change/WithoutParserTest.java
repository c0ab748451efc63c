// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An application whose build has no parser of SQL. */
class WithoutParserTest {

  @Test
  void everyStatementIsUnclearAndTheReasonNamesTheParser() throws Exception {
    URL own = SqlScript.class.getProtectionDomain().getCodeSource().getLocation();
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {own}, platform)) {
      Class<?> script = loader.loadClass(SqlScript.class.getName());
      Object made = script.getConstructor(String.class).newInstance("DROP TABLE orders");

      assertThat((List<?>) script.getMethod("changes").invoke(made))
          .singleElement()
          .asString()
          .contains("UNPARSED", "com.github.jsqlparser:jsqlparser is not there");
    }
  }
}
